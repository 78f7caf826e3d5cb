package dev.feedline.snowflake.sql;

/// How names and strings are written so that DuckDB reads them as they are.
public final class Quoting {
    private Quoting() {}

    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /// A name as Snowflake would show it in DDL: quoted only where it must be.
    public static String readable(String name) {
        return name.matches("[A-Z_][A-Z0-9_$]*") ? name : identifier(name);
    }
}
