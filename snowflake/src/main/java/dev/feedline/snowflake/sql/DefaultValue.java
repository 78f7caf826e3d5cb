package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Optional;

/// The DEFAULT of a column.
///
/// @param shown as SHOW, DESC and GET_DDL write it: as written, words in upper case
/// @param expression what is evaluated: as written until it is translated, then DuckDB's
public record DefaultValue(String shown, String expression) {
    private static final String NEXTVAL = ".NEXTVAL";

    static DefaultValue written(String text) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (Token token : Lexer.tokens(text)) {
            shown.append(text, at, token.start());
            shown.append(token.kind() == Token.Kind.WORD ? token.text() : text.substring(token.start(), token.end()));
            at = token.end();
        }
        return new DefaultValue(shown.toString(), text);
    }

    /// The sequence that gives the values, if that is all it says.
    public Optional<ObjectName> sequence() {
        if (!shown.endsWith(NEXTVAL)) {
            return Optional.empty();
        }
        List<Token> tokens = Lexer.tokens(shown);
        for (int i = 0; i < tokens.size() - 1; i++) {
            Token token = tokens.get(i);
            if (i % 2 == 0 ? !token.isIdentifier() : !token.isSymbol(".")) {
                return Optional.empty();
            }
        }
        return Optional.of(CommandParser.name(shown.substring(0, shown.length() - NEXTVAL.length())));
    }

    /// @param name of a sequence
    public static String ofSequence(Object name) {
        return name + NEXTVAL;
    }
}
