package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;

/// A statement as a tree: tokens, and brackets with what they hold.
sealed interface Node {
    /// Deeper nesting of brackets is refused, so that the translator's recursion is bounded.
    int DEEPEST = 200;

    record Leaf(Token token) implements Node {}

    /// `(…)`, `[…]` or `{…}`.
    record Group(Token open, List<Node> inside, Token close) implements Node {
        boolean isRound() {
            return open.text().equals("(");
        }
    }

    default boolean isWord(String word) {
        return this instanceof Leaf leaf && leaf.token().isWord(word);
    }

    default boolean isSymbol(String symbol) {
        return this instanceof Leaf leaf && leaf.token().isSymbol(symbol);
    }

    default boolean isIdentifier() {
        return this instanceof Leaf leaf && leaf.token().isIdentifier();
    }

    default boolean isRoundGroup() {
        return this instanceof Group group && group.isRound();
    }

    default boolean is(Token.Kind kind) {
        return this instanceof Leaf leaf && leaf.token().kind() == kind;
    }

    /// Where the node's text begins and ends in the statement.
    default int start() {
        return switch (this) {
            case Leaf leaf -> leaf.token().start();
            case Group group -> group.open().start();
        };
    }

    default int end() {
        return switch (this) {
            case Leaf leaf -> leaf.token().end();
            case Group group -> group.close().end();
        };
    }

    /// A word that stands nowhere in the statement: of a level that is written otherwise before it is translated.
    static Node word(String word) {
        return made(Token.Kind.WORD, word);
    }

    static Node symbol(String symbol) {
        return made(Token.Kind.SYMBOL, symbol);
    }

    static Node quoted(String name) {
        return made(Token.Kind.QUOTED, name);
    }

    static Node number(int number) {
        return made(Token.Kind.NUMBER, String.valueOf(number));
    }

    static Node brackets(List<Node> inside) {
        return new Group(
                new Token(Token.Kind.SYMBOL, "(", "(", 0, 0),
                List.copyOf(inside),
                new Token(Token.Kind.SYMBOL, ")", ")", 0, 0));
    }

    private static Node made(Token.Kind kind, String text) {
        return new Leaf(new Token(kind, text, text, 0, 0));
    }

    /// The token's text.
    default String text() {
        return switch (this) {
            case Leaf leaf -> leaf.token().text();
            case Group group -> group.open().text();
        };
    }

    static List<Node> tree(String sql) {
        return new Reader(Lexer.tokens(sql)).nodes(0);
    }

    /// Splits at the commas of this level; no nodes give no parts.
    static List<List<Node>> splitAtCommas(List<Node> nodes) {
        List<List<Node>> parts = new ArrayList<>();
        if (nodes.isEmpty()) {
            return parts;
        }
        int from = 0;
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isSymbol(",")) {
                parts.add(nodes.subList(from, i));
                from = i + 1;
            }
        }
        parts.add(nodes.subList(from, nodes.size()));
        return parts;
    }

    /// Builds the tree from the tokens.
    final class Reader {
        private final List<Token> tokens;
        private int at;
        private int binds;

        private Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        private List<Node> nodes(int depth) {
            if (depth > DEEPEST) {
                throw SnowflakeError.SYNTAX.with("brackets are nested deeper than " + DEEPEST);
            }
            List<Node> nodes = new ArrayList<>();
            while (true) {
                Token token = tokens.get(at);
                if (token.kind() == Token.Kind.END || isClosing(token)) {
                    if (depth == 0 && token.kind() != Token.Kind.END) {
                        throw SnowflakeError.SYNTAX.with("syntax error unexpected '" + token.text() + "'.");
                    }
                    return nodes;
                }
                at++;
                nodes.add(isOpening(token) ? group(token, depth) : new Leaf(numbered(token)));
            }
        }

        /// A `?` gets its number, by which a translation may say it twice or elsewhere.
        private Token numbered(Token token) {
            return token.isSymbol("?")
                    ? new Token(token.kind(), "?", "$" + ++binds, token.start(), token.end())
                    : token;
        }

        private Node group(Token open, int depth) {
            List<Node> inside = nodes(depth + 1);
            Token close = tokens.get(at);
            String expected = switch (open.text()) {
                case "(" -> ")";
                case "[" -> "]";
                default -> "}";
            };
            if (!close.isSymbol(expected)) {
                throw SnowflakeError.SYNTAX.with("syntax error: the '" + open.text() + "' at position " + open.start()
                        + " is not closed by '" + expected + "'.");
            }
            at++;
            return new Group(open, inside, close);
        }

        private static boolean isOpening(Token token) {
            return token.isSymbol("(") || token.isSymbol("[") || token.isSymbol("{");
        }

        private static boolean isClosing(Token token) {
            return token.isSymbol(")") || token.isSymbol("]") || token.isSymbol("}");
        }
    }
}
