package dev.feedline.snowflake.sql;

import java.util.Locale;

/// One word of SQL.
///
/// @param text what it means: a word folded to upper case, an identifier or string without its quotes,
///     else the text
/// @param spelling a word as it was written, a `?` of a statement as its number `$1`; for other kinds the same as
///     `text`
/// @param start where it begins in the statement
/// @param end where it ends, exclusive
public record Token(Kind kind, String text, String spelling, int start, int end) {
    public enum Kind {
        /// An unquoted word: keyword or identifier, folded to upper case.
        WORD,
        /// `"An identifier"`, kept as it is.
        QUOTED,
        /// `'a string'` or `$$a string$$`, unescaped.
        STRING,
        NUMBER,
        /// `$1` or `$name`, with the dollar sign.
        DOLLAR,
        /// `@stage/path`, with the at sign.
        STAGE,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isIdentifier() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /// As DuckDB reads it.
    String duck() {
        return switch (kind) {
            case QUOTED -> Quoting.identifier(text);
            case STRING -> string(text);
            case WORD, NUMBER, SYMBOL, DOLLAR, STAGE, END -> text;
        };
    }

    /// DuckDB's literals end at a NUL.
    private static String string(String text) {
        return text.indexOf('\0') < 0
                ? Quoting.literal(text)
                : "(" + Quoting.literal(text).replace("\0", "' || chr(0) || '") + ")";
    }

    static String fold(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
