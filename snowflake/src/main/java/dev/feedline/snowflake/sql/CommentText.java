package dev.feedline.snowflake.sql;

import java.util.List;

/// A CREATE statement with another comment than the one it was written with: GET_DDL after COMMENT ON.
public final class CommentText {
    private CommentText() {}

    /// @param comment empty for none
    public static String with(String definition, String comment) {
        String text = definition.strip();
        List<Token> tokens = Lexer.tokens(text);
        String property = comment.isEmpty() ? "" : "COMMENT = " + Quoting.literal(comment);
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean written = depth == 0
                    && token.isWord("COMMENT")
                    && tokens.get(i + 1).isSymbol("=")
                    && tokens.get(i + 2).kind() == Token.Kind.STRING;
            if (written) {
                return (text.substring(0, token.start())
                                + property
                                + text.substring(tokens.get(i + 2).end()))
                        .strip();
            }
            // A pipe's statement begins here; what follows is not the pipe's own.
            if (depth == 0 && token.isWord("AS")) {
                return property.isEmpty()
                        ? text
                        : text.substring(0, token.start()) + property + " " + text.substring(token.start());
            }
        }
        return property.isEmpty() ? text : text + " " + property;
    }
}
