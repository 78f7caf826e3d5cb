package dev.feedline.snowflake.sql;

/// How VARIANTs are compared in DuckDB, where they are JSON texts: by keys that `VariantOrder` makes of them.
///
/// Types are not known here. `typeof` of an expression is a constant to DuckDB, and a field's type is known when its
/// name is: so what is written for a VARIANT disappears before anything is planned when there is none.
final class Variants {
    /// Of a VARIANT beside a number, which may be none of its own scale.
    private static final String NUMBER = "CAST(NULL AS DECIMAL(38,12))";

    private Variants() {}

    /// `left operator right`, for an operator that asks whether they are the same.
    static String same(String left, String operator, String right) {
        return compared("SAME", left, operator, right);
    }

    /// The same for one that asks which is greater.
    static String ranked(String left, String operator, String right) {
        return compared("RANKED", left, operator, right);
    }

    /// With one text for equal values.
    static String canonical(String value) {
        return Names.CANONICAL + "(" + value + ")";
    }

    /// What a value is sorted by.
    static String key(String value) {
        return Names.RANKED + "(" + value + ", struct_extract({'x': " + value + ", 's': ''}, " + Names.RANK_TYPE + "("
                + value + ")))";
    }

    /// Of a VARIANT the text without quotes.
    static String value(String value) {
        return Names.VALUE + "(" + value + ", struct_extract({'x': " + value + ", 's': ''}, " + Names.RANK_TYPE + "("
                + value + ")))";
    }

    /// As a VARIANT, which a text is not.
    static String required(String value) {
        return value.matches("\\$\\d+")
                ? "(CASE WHEN " + value
                        + " IS NOT NULL THEN CAST(error('Expression type does not match column data type,"
                        + " expecting VARIANT but got a bind (say PARSE_JSON(?) or TO_VARIANT(?))') AS JSON) END)"
                : Names.REQUIRED + "(" + value + ")";
    }

    /// A value as a VARIANT where one of the others is one, else as it is.
    static String alike(String value, java.util.List<String> others) {
        if (others.isEmpty()) {
            return value;
        }
        String any = others.stream()
                .map(other -> "typeof(" + other + ") = 'JSON'")
                .collect(java.util.stream.Collectors.joining(" OR "));
        String type = "struct_extract({'x': " + value + ", 'j': CAST(NULL AS JSON)}, CASE WHEN " + any
                + " THEN 'j' ELSE 'x' END)";
        return "(CASE WHEN " + any + " THEN cast_to_type(" + JsonForms.variant(value) + ", " + type
                + ") ELSE cast_to_type(" + value + ", " + type + ") END)";
    }

    /// MIN or MAX, with what stands for its OVER.
    static String extreme(String function, String value) {
        String plain = function + "(" + value + ")" + FunctionTable.WINDOW;
        return "(CASE WHEN typeof(" + plain + ") = 'JSON' THEN arg_" + function + "(" + value + ", " + Names.VARIANT
                + "('SAME', CAST(" + value + " AS VARCHAR), ''))" + FunctionTable.WINDOW + " ELSE " + plain + " END)";
    }

    /// The same said with one aggregate, which is all that PIVOT takes.
    static String extremeAlone(String function, String value) {
        return "arg_" + function + "(" + value + ", CASE WHEN typeof(" + value + ") <> 'JSON' OR CAST(" + value
                + " AS VARCHAR) <> 'null' THEN " + key(value) + " END)";
    }

    private static String compared(String operation, String left, String operator, String right) {
        return side(operation, left, right) + " " + operator + " " + side(operation, right, left);
    }

    private static String side(String operation, String side, String other) {
        // A side that mentions the other one's columns would make no equi-join.
        String value = operation.equals("SAME") ? "''" : other;
        return Names.SIDE + "('" + operation + "', " + side + ", " + other + ", " + value + ", struct_extract({'x': "
                + side + ", 'y': " + other + ", 's': '', 'n': " + NUMBER + "}, " + Names.SIDE_TYPE + "(" + side + ", "
                + other + ")))";
    }
}
