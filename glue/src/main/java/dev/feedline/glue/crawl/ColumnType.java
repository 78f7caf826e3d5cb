package dev.feedline.glue.crawl;

import dev.feedline.rows.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The type of a column as the Data Catalog spells it, and what two of them have in common.
public sealed interface ColumnType {
    ColumnType STRING = new Plain("string");

    /// One word: `int`, `string`, `date`.
    record Plain(String name) implements ColumnType {
        @Override
        public String glue() {
            return name;
        }
    }

    record Decimal(int precision, int scale) implements ColumnType {
        @Override
        public String glue() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /// A decimal that was read off values: it has all 38 digits, of which the values need fewer, nobody knows how many.
    record ReadDecimal(int scale) implements ColumnType {
        @Override
        public String glue() {
            return "decimal(" + Type.Decimal.MAX_PRECISION + "," + scale + ")";
        }
    }

    record ListOf(ColumnType element) implements ColumnType {
        @Override
        public String glue() {
            return "array<" + element.glue() + ">";
        }
    }

    record MapOf(ColumnType key, ColumnType value) implements ColumnType {
        @Override
        public String glue() {
            return "map<" + key.glue() + "," + value.glue() + ">";
        }
    }

    record Struct(Map<String, ColumnType> fields) implements ColumnType {
        @Override
        public String glue() {
            return fields.entrySet().stream()
                    .map(field ->
                            quoted(field.getKey()) + ":" + field.getValue().glue())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }

        private static String quoted(String name) {
            return name.matches("[A-Za-z0-9_]+") ? name : "`" + name.replace("`", "``") + "`";
        }
    }

    String glue();

    /// What `rows` has read off values.
    static ColumnType of(Type type) {
        return switch (type) {
            case Type.Decimal decimal -> new ReadDecimal(decimal.scale());
            case Type.ListOf list -> new ListOf(of(list.element()));
            case Type.Struct struct -> {
                Map<String, ColumnType> fields = new LinkedHashMap<>();
                struct.fields().forEach(field -> fields.put(field.name(), of(field.type())));
                yield new Struct(fields);
            }
            case Type.Bool _, Type.Int64 _, Type.Float64 _, Type.Text _, Type.Date _, Type.Timestamp _ ->
                new Plain(type.glue());
        };
    }

    /// The narrowest type that holds the values of both: a wider number, a struct with the fields of both, or a text.
    static ColumnType common(ColumnType one, ColumnType other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof Struct a && other instanceof Struct b) {
            return new Struct(commonColumns(a.fields, b.fields));
        }
        if (one instanceof ListOf a && other instanceof ListOf b) {
            return new ListOf(common(a.element, b.element));
        }
        if (one instanceof MapOf a && other instanceof MapOf b) {
            return new MapOf(common(a.key, b.key), common(a.value, b.value));
        }
        return commonNumber(one, other);
    }

    /// The columns of both, those of the first in front; names are the same whatever their case.
    static Map<String, ColumnType> commonColumns(Map<String, ColumnType> ones, Map<String, ColumnType> others) {
        Map<String, String> names = new LinkedHashMap<>();
        ones.keySet().forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        Map<String, ColumnType> all = new LinkedHashMap<>(ones);
        others.forEach((name, type) -> {
            String known = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            String as = known == null ? name : known;
            all.merge(as, type, ColumnType::common);
        });
        return all;
    }

    private static ColumnType commonNumber(ColumnType one, ColumnType other) {
        int a = rank(one);
        int b = rank(other);
        if (a < 0 || b < 0) {
            return STRING;
        }
        if (one instanceof Decimal x && other instanceof Decimal y) {
            return decimal(Math.max(x.precision - x.scale, y.precision - y.scale), Math.max(x.scale, y.scale));
        }
        if (one instanceof ReadDecimal x && other instanceof ReadDecimal y) {
            return new ReadDecimal(Math.max(x.scale, y.scale));
        }
        if (a == DECIMAL && b < DECIMAL) {
            return withWhole(one, WHOLE_DIGITS.get(b));
        }
        if (b == DECIMAL && a < DECIMAL) {
            return withWhole(other, WHOLE_DIGITS.get(a));
        }
        if (a == DECIMAL && b == DECIMAL) {
            return STRING; // one was read off values, and nobody knows how many of its digits are needed
        }
        boolean isInexact = Math.max(a, b) == FLOAT && Math.min(a, b) > SMALLINT && a != b;
        return new Plain(isInexact ? "double" : NUMBERS.get(Math.max(a, b)));
    }

    private static ColumnType withWhole(ColumnType decimal, int digits) {
        return switch (decimal) {
            case Decimal it -> decimal(Math.max(it.precision - it.scale, digits), it.scale);
            case ReadDecimal it -> digits + it.scale > Type.Decimal.MAX_PRECISION ? STRING : it;
            case Plain _, ListOf _, MapOf _, Struct _ -> throw new IllegalArgumentException(decimal.glue());
        };
    }

    /// Narrow to wide; a decimal stands behind `bigint`, and with a `float` or a `double` it becomes a `double`, as
    /// does an `int` with a `float`, which has 24 bits for its digits.
    List<String> NUMBERS = List.of("tinyint", "smallint", "int", "bigint", "decimal", "float", "double");

    int SMALLINT = 1;
    int DECIMAL = 4;
    int FLOAT = 5;

    /// Those of `tinyint` to `bigint`.
    List<Integer> WHOLE_DIGITS = List.of(3, 5, 10, 19);

    private static int rank(ColumnType type) {
        return switch (type) {
            case Plain plain -> NUMBERS.indexOf(plain.name);
            case Decimal _, ReadDecimal _ -> DECIMAL;
            case ListOf _, MapOf _, Struct _ -> -1;
        };
    }

    /// There is no decimal of more digits than 38.
    private static ColumnType decimal(int whole, int scale) {
        return whole + scale > Type.Decimal.MAX_PRECISION ? STRING : new Decimal(whole + scale, scale);
    }
}
