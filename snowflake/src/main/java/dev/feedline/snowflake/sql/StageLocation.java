package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;

/// `@db.schema.stage/path/`: a stage and the path below it (without a leading slash; empty for all of
/// it).
public record StageLocation(ObjectName stage, String path) {
    /// Reads a STAGE token's or a string's text.
    static StageLocation parse(String text) {
        if (!text.startsWith("@")) {
            throw SnowflakeError.SYNTAX.with("a stage begins with @, not " + text);
        }
        if (text.startsWith("@~") || text.contains("%")) {
            throw SnowflakeError.unsupported("A user or table stage (" + text + ")");
        }
        int slash = endOfName(text);
        Tokens tokens = new Tokens(text.substring(1, slash));
        ObjectName name = tokens.name();
        tokens.end();
        return new StageLocation(name, slash < text.length() ? text.substring(slash + 1) : "");
    }

    private static int endOfName(String text) {
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == '/' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    @Override
    public String toString() {
        return "@" + stage + "/" + path;
    }
}
