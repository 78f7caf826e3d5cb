package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.List;

/// A text of several statements, cut at the semicolons that stand outside strings and comments.
public final class Script {
    private Script() {}

    /// The statements in order, without their semicolons; empty ones fall away.
    public static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        int from = 0;
        boolean empty = true;
        for (Token token : Lexer.tokens(text)) {
            boolean ends = token.isSymbol(";") || token.kind() == Token.Kind.END;
            if (!ends) {
                empty = false;
                continue;
            }
            if (!empty) {
                statements.add(text.substring(from, token.start()).strip());
            }
            from = token.end();
            empty = true;
        }
        return statements;
    }
}
