package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import java.util.ArrayList;
import java.util.List;

/// A statement being read from left to right; the parsers share one.
final class Tokens {
    private final String sql;
    private final List<Token> tokens;
    private int at;

    Tokens(String sql) {
        this.sql = sql;
        this.tokens = Lexer.tokens(sql);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.max(0, Math.min(at + ahead, tokens.size() - 1)));
    }

    Token take() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    /// Whether the coming tokens are these words.
    boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean atSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    /// Takes these words if they come, all or none.
    boolean accept(String... words) {
        if (!at(words)) {
            return false;
        }
        at += words.length;
        return true;
    }

    boolean acceptSymbol(String symbol) {
        if (!atSymbol(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw unexpected("expected " + word);
            }
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw unexpected("expected '" + symbol + "'");
        }
    }

    /// One identifier, quoted or not.
    String identifier() {
        if (!peek().isIdentifier()) {
            throw unexpected("expected a name");
        }
        return take().text();
    }

    /// A name of one to three parts.
    ObjectName name() {
        List<String> parts = new ArrayList<>();
        parts.add(identifier());
        while (acceptSymbol(".")) {
            parts.add(atSymbol(".") ? "PUBLIC" : identifier());
        }
        if (parts.size() > 3) {
            throw unexpected("a name has at most three parts");
        }
        return new ObjectName(parts);
    }

    String string() {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected("expected a string");
        }
        return take().text();
    }

    int integer() {
        if (peek().kind() != Token.Kind.NUMBER) {
            throw unexpected("expected a number");
        }
        try {
            return Integer.parseInt(take().text());
        } catch (NumberFormatException e) {
            throw SnowflakeError.SYNTAX.with("expected a whole number, not " + peek(-1).text(), e);
        }
    }

    long signed() {
        boolean negative = acceptSymbol("-");
        if (peek().kind() != Token.Kind.NUMBER || !peek().text().matches("\\d{1,18}")) {
            throw unexpected("expected a whole number");
        }
        long number = Long.parseLong(take().text());
        return negative ? -number : number;
    }

    boolean bool() {
        if (accept("TRUE")) {
            return true;
        }
        if (accept("FALSE")) {
            return false;
        }
        throw unexpected("expected TRUE or FALSE");
    }

    /// A property's value, as written: one word, or all in brackets.
    String value() {
        int start = peek().start();
        int depth = 0;
        do {
            Token token = take();
            if (token.kind() == Token.Kind.END) {
                throw unexpected("expected a value");
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        } while (depth > 0);
        return textFrom(start).strip();
    }

    /// The rest of the statement, as written.
    String rest() {
        String rest = sql.substring(peek().start(), tokens.getLast().start());
        at = tokens.size() - 1;
        return rest;
    }

    String textFrom(int start) {
        return sql.substring(start, peek().start());
    }

    /// `IF NOT EXISTS`, if it comes.
    boolean ifNotExists() {
        return accept("IF", "NOT", "EXISTS");
    }

    boolean ifExists() {
        return accept("IF", "EXISTS");
    }

    /// Nothing may follow.
    void end() {
        if (peek().kind() != Token.Kind.END) {
            throw unexpected("expected the end of the statement");
        }
    }

    SnowflakeException unexpected(String expectation) {
        Token token = peek();
        String what = token.kind() == Token.Kind.END
                ? "<EOF>"
                : sql.substring(token.start(), Math.min(token.end(), token.start() + 80));
        int line = (int) sql.substring(0, token.start()).lines().count();
        int column = token.start() - sql.lastIndexOf('\n', Math.max(0, token.start() - 1)) - 1;
        return SnowflakeError.SYNTAX.with("syntax error line " + Math.max(1, line) + " at position "
                + Math.max(0, column) + " unexpected '" + what + "' (" + expectation + ").");
    }
}
