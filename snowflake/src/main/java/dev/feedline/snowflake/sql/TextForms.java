package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Locale;

/// Functions on texts. Source: docs.snowflake.com/en/sql-reference/functions-string.
final class TextForms {
    private TextForms() {}

    static void add(FunctionTable table) {
        for (String name : List.of("UPPER", "LOWER", "REVERSE", "ASCII")) {
            table.text(name, name.toLowerCase(Locale.ROOT), 1, 1);
        }
        table.rename("LENGTH", Names.LENGTH, 1, 1)
                .rename("LEN", Names.LENGTH, 1, 1)
                .same(1, 1, "CHR")
                .rename("CHAR", "chr", 1, 1)
                .text("TRIM", "trim", 1, 2)
                .text("LTRIM", "ltrim", 1, 2)
                .text("RTRIM", "rtrim", 1, 2)
                .text("CONTAINS", "contains", 2, 2)
                .text("STARTSWITH", "starts_with", 2, 2)
                .text("ENDSWITH", "ends_with", 2, 2)
                .form("EDITDISTANCE", 2, 3, a -> {
                    String distance = "levenshtein(" + Casts.asText(a.get(0)) + ", " + Casts.asText(a.get(1)) + ")";
                    return a.size() == 2
                            ? distance
                            : "(CASE WHEN " + a.get(2) + " IS NOT NULL THEN least(" + distance + ", CAST(" + a.get(2)
                                    + " AS BIGINT)) END)";
                })
                .form("LIKE", 2, 3, a -> like("LIKE", a))
                .form("ILIKE", 2, 3, a -> like("ILIKE", a))
                .text("TRANSLATE", "translate", 3, 3)
                // Of a negative number of characters DuckDB leaves the others.
                .form("LEFT", 2, 2, a -> "left(" + Casts.asText(a.get(0)) + ", " + notNegative(a.get(1)) + ")")
                .form("RIGHT", 2, 2, a -> "right(" + Casts.asText(a.get(0)) + ", " + notNegative(a.get(1)) + ")")
                .form(
                        "UNICODE",
                        1,
                        1,
                        a -> "(CASE " + Casts.asText(a.getFirst()) + " WHEN '' THEN 0 ELSE unicode("
                                + Casts.asText(a.getFirst()) + ") END)")
                .form("MD5", 1, 1, a -> "md5(" + bytes(a) + ")")
                .form("MD5_HEX", 1, 1, a -> "md5(" + bytes(a) + ")")
                .form("SHA1", 1, 1, a -> "sha1(" + bytes(a) + ")")
                .form("SHA1_HEX", 1, 1, a -> "sha1(" + bytes(a) + ")")
                .form("OCTET_LENGTH", 1, 1, a -> "octet_length(" + bytes(a) + ")")
                .form("BIT_LENGTH", 1, 1, a -> "(8 * octet_length(" + bytes(a) + "))")
                .form("RTRIMMED_LENGTH", 1, 1, a -> "length(rtrim(" + Casts.asText(a.getFirst()) + ", ' '))")
                .form("SPLIT_PART", 3, 3, TextForms::part)
                .form(
                        "REPLACE",
                        2,
                        3,
                        a -> "replace(" + Casts.asText(a.get(0)) + ", " + a.get(1) + ", "
                                + (a.size() == 3 ? a.get(2) : "''") + ")")
                .form("SHA2", 1, 2, TextForms::sha2)
                .form("SHA2_HEX", 1, 2, TextForms::sha2)
                .form("HEX_ENCODE", 1, 2, TextForms::hexadecimal)
                .form("HEX_DECODE_STRING", 1, 1, a -> "decode(unhex(" + Casts.asText(a.get(0)) + "))")
                .form("HEX_DECODE_BINARY", 1, 1, a -> "unhex(" + Casts.asText(a.get(0)) + ")")
                .form("TRY_HEX_DECODE_STRING", 1, 1, a -> "TRY(decode(unhex(" + Casts.asText(a.get(0)) + ")))")
                .form("TRY_HEX_DECODE_BINARY", 1, 1, a -> "TRY(unhex(" + Casts.asText(a.get(0)) + "))")
                .form("BASE64_ENCODE", 1, 1, a -> "base64(" + bytes(a) + ")")
                .form("BASE64_DECODE_STRING", 1, 1, a -> "decode(from_base64(" + Casts.asText(a.get(0)) + "))")
                .form("BASE64_DECODE_BINARY", 1, 1, a -> "from_base64(" + Casts.asText(a.get(0)) + ")")
                .form("TRY_BASE64_DECODE_STRING", 1, 1, a -> "TRY(decode(from_base64(" + Casts.asText(a.get(0)) + ")))")
                .form("TRY_BASE64_DECODE_BINARY", 1, 1, a -> "TRY(from_base64(" + Casts.asText(a.get(0)) + "))")
                .form("TO_BINARY", 1, 2, a -> binary("TO_BINARY", a))
                .form("TRY_TO_BINARY", 1, 2, a -> "TRY(" + binary("TRY_TO_BINARY", a) + ")")
                .form("SPACE", 1, 1, a -> "repeat(' ', CAST(" + a.get(0) + " AS BIGINT))")
                .form("REPEAT", 2, 2, a -> "repeat(" + Casts.asText(a.get(0)) + ", CAST(" + a.get(1) + " AS BIGINT))")
                .form("LPAD", 2, 3, a -> pad("lpad", a.get(0), a.get(1), a.size() == 3 ? a.get(2) : "' '"))
                .form("RPAD", 2, 3, a -> pad("rpad", a.get(0), a.get(1), a.size() == 3 ? a.get(2) : "' '"))
                .form("SUBSTR", 2, 3, TextForms::substring)
                .form("SUBSTRING", 2, 3, TextForms::substring)
                .form(
                        "INSERT",
                        4,
                        4,
                        a -> "(substr(" + Casts.asText(a.get(0)) + ", 1, " + a.get(1) + " - 1) || "
                                + Casts.asText(a.get(3)) + " || substr(" + Casts.asText(a.get(0)) + ", " + a.get(1)
                                + " + " + a.get(2) + "))")
                .form("CHARINDEX", 2, 3, TextForms::position)
                // `POSITION(x IN y)` is one argument here.
                .form("POSITION", 1, 3, a -> a.size() == 1 ? "position(" + a.get(0) + ")" : position(a))
                .form(
                        "INITCAP",
                        1,
                        2,
                        a -> Names.INITCAP + "(" + Casts.asText(a.get(0)) + ", "
                                + (a.size() == 2
                                        ? a.get(1)
                                        : Quoting.literal(" \t\n\r\f!?@\"^#$&~_,.:;+-*%/|\\[](){}<>"))
                                + ")")
                .form(
                        "SPLIT",
                        2,
                        2,
                        a -> "CAST(" + Names.SPLIT + "(" + Casts.asText(a.get(0)) + ", " + a.get(1) + ") AS JSON)")
                .form(
                        "STRTOK",
                        1,
                        3,
                        a -> Names.STRTOK + "(" + Casts.asText(a.get(0)) + ", " + (a.size() > 1 ? a.get(1) : "' '")
                                + ", CAST(" + (a.size() > 2 ? a.get(2) : "1") + " AS VARCHAR))")
                .form(
                        "STRTOK_TO_ARRAY",
                        1,
                        2,
                        a -> "CAST(" + words("STRTOK_TO_ARRAY", a.get(0), a.size() > 1 ? a.get(1) : "' '")
                                + " AS JSON)")
                .form(
                        "PARSE_URL",
                        1,
                        2,
                        a -> "CAST("
                                + words(
                                        "PARSE_URL",
                                        a.get(0),
                                        a.size() > 1 ? "CAST(" + a.get(1) + " AS VARCHAR)" : "'0'")
                                + " AS JSON)")
                .form("SOUNDEX", 1, 1, a -> words("SOUNDEX", a.get(0), "''"))
                .form(
                        "JAROWINKLER_SIMILARITY",
                        2,
                        2,
                        a -> "CAST(floor(jaro_winkler_similarity(upper(" + Casts.asText(a.get(0)) + "), upper("
                                + Casts.asText(a.get(1)) + ")) * 100) AS BIGINT)");
    }

    private static String like(String word, List<String> a) {
        String escape = a.size() == 3 ? " ESCAPE " + a.get(2) : "";
        return "(" + Casts.asText(a.get(0)) + " " + word + " " + a.get(1) + escape + ")";
    }

    private static String bytes(List<String> a) {
        return Names.BYTES + "(" + a.getFirst() + ")";
    }

    private static String words(String function, String text, String argument) {
        return Names.WORDS + "(" + Quoting.literal(function) + ", " + Casts.asText(text) + ", " + argument + ")";
    }

    /// Part 0 is the first; an empty separator leaves the text whole.
    private static String part(List<String> a) {
        String text = Casts.asText(a.get(0));
        String number = "(CASE WHEN " + a.get(2) + " = 0 THEN 1 ELSE " + a.get(2) + " END)";
        String which = a.get(2).matches("[1-9]\\d*") ? a.get(2) : number;
        String split = "split_part(" + text + ", " + a.get(1) + ", CAST(" + which + " AS BIGINT))";
        return a.get(1).matches("'.+'")
                ? split
                : "(CASE WHEN " + a.get(1) + " <> '' THEN " + split + " WHEN " + a.get(1)
                        + " IS NULL THEN NULL WHEN abs(" + which + ") = 1 THEN " + text + " ELSE '' END)";
    }

    /// Where to begin is the third argument.
    private static String position(List<String> a) {
        String text = Casts.asText(a.get(1));
        if (a.size() == 2) {
            return "position(" + a.get(0) + " IN " + text + ")";
        }
        String found = "position(" + a.get(0) + " IN substr(" + text + ", CAST(" + a.get(2) + " AS BIGINT)))";
        return "(CASE WHEN " + found + " = 0 THEN 0 ELSE " + found + " + " + a.get(2) + " - 1 END)";
    }

    private static String hexadecimal(List<String> a) {
        String hex = "hex(" + bytes(a) + ")";
        return a.size() == 2 && a.get(1).equals("0") ? "lower(" + hex + ")" : hex;
    }

    private static String binary(String function, List<String> a) {
        String format = a.size() == 1
                ? "HEX"
                : FunctionTable.literal(function, a.get(1)).toUpperCase(Locale.ROOT);
        String text = Casts.asText(a.get(0));
        return switch (format) {
            case "HEX" -> "unhex(" + text + ")";
            case "BASE64" -> "from_base64(" + text + ")";
            case "UTF-8", "UTF8" -> "encode(" + text + ")";
            default -> throw SnowflakeError.INVALID_VALUE.with("Invalid binary format '" + format + "'.");
        };
    }

    private static String sha2(List<String> a) {
        String bits = a.size() == 1 ? "256" : a.get(1);
        return switch (bits) {
            case "0", "256" -> "sha256(" + bytes(a) + ")";
            case "224", "384", "512" -> Names.WORDS + "('SHA2', hex(" + bytes(a) + "), '" + bits + "')";
            default -> throw SnowflakeError.INVALID_VALUE.with("Invalid digest size for SHA2: " + bits);
        };
    }

    private static String pad(String duck, String text, String length, String with) {
        return duck + "(" + Casts.asText(text) + ", CAST(" + length + " AS INTEGER), " + Casts.asText(with) + ")";
    }

    /// A negative length gives nothing in Snowflake, in DuckDB what stands before.
    private static String notNegative(String length) {
        return length.matches("\\d+") ? length : "(CASE WHEN " + length + " < 0 THEN 0 ELSE " + length + " END)";
    }

    /// Snowflake takes 0 as 1, DuckDB as the place before it.
    private static String substring(List<String> a) {
        String text = Casts.asText(a.get(0));
        String start = a.get(1);
        String length = a.size() == 3 ? ", " + notNegative(a.get(2)) : "";
        String from =
                start.matches("[1-9]\\d*") ? start : "(CASE WHEN " + start + " = 0 THEN 1 ELSE " + start + " END)";
        return "substr(" + text + ", " + from + length + ")";
    }
}
