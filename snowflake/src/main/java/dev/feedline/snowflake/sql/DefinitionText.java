package dev.feedline.snowflake.sql;

import java.util.List;

/// A CREATE statement of a stage or file format as it would have been written for what the object has become: ALTER …
/// SET and RENAME TO.
public final class DefinitionText {
    private DefinitionText() {}

    /// @param value of the property, as written
    public static String with(String definition, String property, String value) {
        String text = definition.strip();
        List<Token> tokens = Lexer.tokens(text);
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.isWord(property) && tokens.get(i + 1).isSymbol("=")) {
                int end = tokens.get(lastOfValue(tokens, i + 2)).end();
                return text.substring(0, token.start()) + property + " = " + value + text.substring(end);
            }
        }
        return text + " " + property + " = " + value;
    }

    private static int lastOfValue(List<Token> tokens, int first) {
        int at = first;
        int depth = 0;
        do {
            depth += tokens.get(at).isSymbol("(") ? 1 : tokens.get(at).isSymbol(")") ? -1 : 0;
            at++;
        } while (depth > 0);
        return at - 1;
    }

    /// @param name as it is to stand there
    public static String named(String definition, String name) {
        String text = definition.strip();
        Tokens tokens = new Tokens(text);
        tokens.expect("CREATE");
        tokens.accept("OR", "REPLACE");
        if (!tokens.accept("STAGE")) {
            tokens.expect("FILE", "FORMAT");
        }
        tokens.ifNotExists();
        int start = tokens.peek().start();
        tokens.name();
        return text.substring(0, start) + name + text.substring(tokens.peek(-1).end());
    }
}
