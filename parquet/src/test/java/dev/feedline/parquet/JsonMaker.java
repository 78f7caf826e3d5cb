package dev.feedline.parquet;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Writes rows of a schema as JSON, from a seed: in any order, spelling and spacing that JSON allows.
///
/// Every row it makes is good in its schema. What a row says it does not know; ask [Oracle].
final class JsonMaker {
    enum Nulls {
        NEVER,
        SOMETIMES,
        ALWAYS,
        ABSENT
    }

    enum KeyOrder {
        AS_IN_THE_SCHEMA,
        REVERSED,
        ANY
    }

    enum Escapes {
        /// None that JSON does not demand.
        FEW,
        SOME,
        /// Every character, of names too.
        ALL
    }

    enum Range {
        ORDINARY,
        EXTREME
    }

    private static final int MOST_ELEMENTS = 4;
    private static final List<String> WHOLE = List.of(
            "9223372036854775807",
            "-9223372036854775808",
            "0",
            "-0",
            "1.0",
            "-1e3",
            "9223372036854775807.000",
            "92233720368547758.07e2",
            "-9223372036854775808e0",
            "999999999999999999",
            "-999999999999999999",
            "1000000000000000000",
            "4000000000e-9",
            "0e999999999999",
            "0.000E-5");
    private static final List<String> REAL = List.of(
            "1.7976931348623157e308",
            "-1.7976931348623157E+308",
            "4.9e-324",
            "-2.4703282292062328e-324",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "-0.0",
            "-0",
            "0",
            "1e-400",
            "-1e-99999999999",
            "0.1",
            "9007199254740993",
            "9007199254740992.99999999999999999999999999999",
            "123456789012345678901234567890",
            "1.00000000000000011102230246251565404236316680908203125",
            "1.00000000000000011102230246251565404236316680908203126",
            "8.5899345920000001e9",
            "1e22",
            "1e23",
            "5e-1",
            "0.000000000000000000000000000000000000000000000000001e51");
    private static final List<String> DATES =
            List.of("0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29", "1969-12-31", "1970-01-01", "1582-10-10");
    private static final List<String> MOMENTS = List.of(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "1969-12-31T23:59:59.9999990+00:00",
            "2026-11-22t10:00:00z",
            "2026-11-22 10:00:00",
            "2026-11-22T10:00:00.1-23:59",
            "2000-02-29T00:00:00.000001+23:59",
            "2024-12-31T23:59:59-00:00",
            "1900-01-01T00:00:00.10000000000000");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "\u0000\u0001\u001f\u007f",
            "\"\\/\b\f\n\r\t",
            "null",
            "\uFFFF\uFEFF\uFFFD",
            "\uD800\uDC00\uDBFF\uDFFF",
            "e\u0301é\u2028\u2029",
            "\uD83D\uDE00".repeat(40),
            "long ".repeat(300),
            "{\"a\":[1,2]}");
    private static final List<String> OTHER_THAN_TEXT =
            List.of("1.10", "-0.50e+7", "true", "false", "{}", "[ ]", "{ \"b\" : [1 , null, \"\\u00e9\\n]\"] }");

    private final Random random;
    private final Nulls nulls;
    private final KeyOrder order;
    private final Escapes escapes;
    private final Range range;
    private final int distinct;

    /// @param distinct how many values a leaf takes at most
    JsonMaker(long seed, Nulls nulls, KeyOrder order, Escapes escapes, Range range, int distinct) {
        this.random = new Random(seed);
        this.nulls = nulls;
        this.order = order;
        this.escapes = escapes;
        this.range = range;
        this.distinct = distinct;
    }

    String row(Schema schema) {
        return object(schema.columns());
    }

    private String object(List<Column> columns) {
        var members = new ArrayList<String>();
        for (var column : columns) {
            if (nulls == Nulls.ABSENT || (nulls == Nulls.SOMETIMES && random.nextInt(6) == 0)) {
                continue;
            }
            members.add(string(column.name(), random) + blanks() + ":" + blanks() + value(column.type()));
        }
        switch (order) {
            case AS_IN_THE_SCHEMA -> {}
            case REVERSED -> Collections.reverse(members);
            case ANY -> Collections.shuffle(members, random);
        }
        return "{" + blanks() + String.join(blanks() + "," + blanks(), members) + blanks() + "}";
    }

    private String value(Type type) {
        if (nulls == Nulls.ALWAYS || (nulls == Nulls.SOMETIMES && random.nextInt(6) == 0)) {
            return "null";
        }
        return switch (type) {
            case Type.Struct struct -> object(struct.fields());
            case Type.ListOf list -> array(list.element());
            default -> leaf(type, new Random(random.nextInt(distinct)));
        };
    }

    private String array(Type element) {
        var elements = new ArrayList<String>();
        for (int i = random.nextInt(MOST_ELEMENTS + 1); i > 0; i--) {
            elements.add(value(element));
        }
        return "[" + blanks() + String.join(blanks() + "," + blanks(), elements) + blanks() + "]";
    }

    // The same source gives the same value, though not in the same spelling.
    private String leaf(Type type, Random source) {
        boolean extreme = range == Range.EXTREME && source.nextInt(4) > 0;
        return switch (type) {
            case Type.Bool _ -> source.nextBoolean() ? "true" : "false";
            case Type.Int64 _ -> extreme ? of(WHOLE, source) : Long.toString(source.nextLong() >> source.nextInt(64));
            case Type.Float64 _ -> extreme ? of(REAL, source) : real(source);
            case Type.Decimal decimal -> decimal(decimal, source, extreme);
            case Type.Date _ -> string(extreme ? of(DATES, source) : day(source), random);
            case Type.Timestamp _ ->
                string(
                        extreme
                                ? of(MOMENTS, source)
                                : day(source) + "T" + (10 + source.nextInt(14)) + ":" + (10 + source.nextInt(50))
                                        + ":00Z",
                        random);
            case Type.Text _ -> text(source, extreme);
            case Type.Struct _, Type.ListOf _ -> throw new IllegalArgumentException(type.glue());
        };
    }

    private static String day(Random source) {
        return LocalDate.ofEpochDay(source.nextInt(100_000) - 30_000).toString();
    }

    /// Mostly one that a double holds exactly.
    private static String real(Random source) {
        return Double.toString(
                source.nextInt(8) == 0 ? source.nextGaussian() : (source.nextInt(1 << 21) - (1 << 20)) / 64.0);
    }

    private String decimal(Type.Decimal type, Random source, boolean extreme) {
        int whole = type.precision() - type.scale();
        var digits = new StringBuilder();
        for (int i = 0; i < type.precision(); i++) {
            digits.append(extreme ? 9 : source.nextInt(10));
        }
        String before = whole == 0 ? "0" : digits.substring(0, whole).replaceFirst("^0+(?=.)", "");
        String after = digits.substring(whole);
        String plain = (source.nextBoolean() ? "-" : "") + before + (after.isEmpty() ? "" : "." + after);
        if (!extreme) {
            return plain;
        }
        return switch (source.nextInt(6)) {
            case 0 -> plain + (after.isEmpty() ? ".000" : "000");
            case 1 ->
                (source.nextBoolean() ? "-" : "") + digits.charAt(0) + "." + digits.substring(1) + "0e" + (whole - 1);
            case 2 -> digits + "E-" + type.scale();
            case 3 -> "-0";
            case 4 -> "1e-" + type.scale();
            default -> plain;
        };
    }

    private String text(Random source, boolean extreme) {
        if (extreme) {
            return source.nextInt(3) == 0 ? of(OTHER_THAN_TEXT, source) : string(of(TEXTS, source), random);
        }
        var text = new StringBuilder();
        for (int i = source.nextInt(20); i > 0; i--) {
            text.appendCodePoint(
                    switch (source.nextInt(12)) {
                        case 0 -> 0xE4;
                        case 1 -> 0x20AC;
                        case 2 -> 0x1F600 + source.nextInt(64);
                        default -> 'a' + source.nextInt(26);
                    });
        }
        return string(text.toString(), random);
    }

    private String string(String text, Random random) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            character(json, text.charAt(i), random);
        }
        return json.append('"').toString();
    }

    private void character(StringBuilder json, char c, Random random) {
        boolean mustBe = c < ' ' || c == '"' || c == '\\';
        // Half of a pair escaped and half of it not is no text.
        boolean may = !Character.isSurrogate(c);
        boolean escaped =
                mustBe || escapes == Escapes.ALL || (escapes == Escapes.SOME && may && random.nextInt(5) == 0);
        int letter = "\"\\/\b\f\n\r\t".indexOf(c);
        if (!escaped) {
            json.append(c);
        } else if (letter >= 0 && random.nextBoolean()) {
            json.append('\\').append("\"\\/bfnrt".charAt(letter));
        } else {
            var digits = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
            json.append("\\u").append(digits.toHexDigits(c));
        }
    }

    private String blanks() {
        return switch (order == KeyOrder.ANY ? random.nextInt(12) : 3) {
            case 0 -> " ";
            case 1 -> "\t ";
            case 2 -> " \r ";
            default -> "";
        };
    }

    private static String of(List<String> values, Random source) {
        return values.get(source.nextInt(values.size()));
    }
}
