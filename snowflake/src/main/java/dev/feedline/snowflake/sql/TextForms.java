package dev.feedline.snowflake.sql;

/// Functions on texts. Source: docs.snowflake.com/en/sql-reference/functions-string.
final class TextForms {
    private TextForms() {}

    static void add(FunctionTable table) {
        table.rename("LEN", "length", 1, 1)
                .rename("CHAR", "chr", 1, 1)
                .rename("MD5_HEX", "md5", 1, 1)
                .rename("SHA1_HEX", "sha1", 1, 1)
                .form("SHA2", 1, 2, TextForms::sha2)
                .form("SHA2_HEX", 1, 2, TextForms::sha2)
                .rename("HEX_ENCODE", "hex", 1, 1)
                .form("HEX_DECODE_STRING", 1, 1, a -> "decode(unhex(" + a.get(0) + "))")
                .form("BASE64_ENCODE", 1, 1, a -> "base64(encode(" + a.get(0) + "))")
                .form("BASE64_DECODE_STRING", 1, 1, a -> "decode(from_base64(" + a.get(0) + "))")
                .form("SPACE", 1, 1, a -> "repeat(' ', CAST(" + a.get(0) + " AS BIGINT))")
                .form("REPEAT", 2, 2, a -> "repeat(" + a.get(0) + ", CAST(" + a.get(1) + " AS BIGINT))")
                .form("LPAD", 2, 3, a -> pad("lpad", a.get(0), a.get(1), a.size() == 3 ? a.get(2) : "' '"))
                .form("RPAD", 2, 3, a -> pad("rpad", a.get(0), a.get(1), a.size() == 3 ? a.get(2) : "' '"))
                .form("SUBSTR", 2, 3, a -> substring(a.get(0), a.get(1), a.size() == 3 ? ", " + a.get(2) : ""))
                .form("SUBSTRING", 2, 3, a -> substring(a.get(0), a.get(1), a.size() == 3 ? ", " + a.get(2) : ""))
                .form(
                        "INSERT",
                        4,
                        4,
                        a -> "(substr(" + a.get(0) + ", 1, " + a.get(1) + " - 1) || " + a.get(3) + " || substr("
                                + a.get(0) + ", " + a.get(1) + " + " + a.get(2) + "))")
                // `POSITION(x IN y)` is one argument here.
                .form(
                        "POSITION",
                        1,
                        2,
                        a -> a.size() == 1
                                ? "position(" + a.get(0) + ")"
                                : "position(" + a.get(0) + " IN " + a.get(1) + ")")
                .form(
                        "INITCAP",
                        1,
                        2,
                        a -> Names.INITCAP + "(" + a.get(0) + ", "
                                + (a.size() == 2
                                        ? a.get(1)
                                        : Quoting.literal(" \t\n\r\f!?@\"^#$&~_,.:;+-*%/|\\[](){}<>"))
                                + ")")
                .form("SPLIT", 2, 2, a -> "CAST(" + Names.SPLIT + "(" + a.get(0) + ", " + a.get(1) + ") AS JSON)")
                .form(
                        "STRTOK",
                        1,
                        3,
                        a -> Names.STRTOK + "(" + a.get(0) + ", " + (a.size() > 1 ? a.get(1) : "' '") + ", CAST("
                                + (a.size() > 2 ? a.get(2) : "1") + " AS VARCHAR))")
                .form(
                        "REGEXP_SUBSTR",
                        2,
                        2,
                        a -> "(CASE WHEN regexp_matches(" + a.get(0) + ", " + a.get(1) + ") THEN regexp_extract("
                                + a.get(0) + ", " + a.get(1) + ") END)")
                .form("REGEXP_COUNT", 2, 2, a -> "len(regexp_extract_all(" + a.get(0) + ", " + a.get(1) + "))");
    }

    private static String sha2(java.util.List<String> a) {
        if (a.size() == 2 && !a.get(1).equals("256")) {
            throw dev.feedline.snowflake.SnowflakeError.unsupported("SHA2 with " + a.get(1) + " bits");
        }
        return "sha256(" + a.get(0) + ")";
    }

    private static String pad(String duck, String text, String length, String with) {
        return duck + "(" + text + ", CAST(" + length + " AS INTEGER), " + with + ")";
    }

    /// Snowflake takes 0 as 1, DuckDB as the place before it.
    private static String substring(String text, String start, String length) {
        String from =
                start.matches("[1-9]\\d*") ? start : "(CASE WHEN " + start + " = 0 THEN 1 ELSE " + start + " END)";
        return "substr(" + text + ", " + from + length + ")";
    }
}
