package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads SET and UNSET of a session's variables.
final class VariableParser {
    private final Tokens tokens;

    private VariableParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /// `SET a = expression` or `SET (a, b) = (expression, expression)`
    static Command set(Tokens tokens) {
        tokens.expect("SET");
        return new Command.SetVariables(new VariableParser(tokens).assignments());
    }

    /// `UNSET a` or `UNSET (a, b)`
    static Command unset(Tokens tokens) {
        tokens.expect("UNSET");
        return new Command.UnsetVariables(new VariableParser(tokens).names());
    }

    private Map<String, String> assignments() {
        boolean several = tokens.atSymbol("(");
        List<String> names = names();
        tokens.expectSymbol("=");
        Map<String, String> assignments = new LinkedHashMap<>();
        if (!several) {
            assignments.put(names.getFirst(), tokens.rest());
            return assignments;
        }
        tokens.expectSymbol("(");
        for (String name : names) {
            if (!assignments.isEmpty()) {
                tokens.expectSymbol(",");
            }
            assignments.put(name, expression());
        }
        tokens.expectSymbol(")");
        return assignments;
    }

    /// Up to a comma or the bracket that closes the list.
    private String expression() {
        int start = tokens.peek().start();
        int depth = 0;
        while (depth > 0 || (!tokens.atSymbol(",") && !tokens.atSymbol(")"))) {
            Token token = tokens.take();
            if (token.kind() == Token.Kind.END) {
                throw tokens.unexpected("expected ')'");
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        }
        return tokens.textFrom(start);
    }

    private List<String> names() {
        if (!tokens.acceptSymbol("(")) {
            return List.of(tokens.identifier());
        }
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.identifier());
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol(")");
        return names;
    }
}
