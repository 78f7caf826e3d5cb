package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Optional;

/// One level of a statement's tree, read from left to right.
final class Walk {
    private final List<Node> nodes;
    private int at;

    Walk(List<Node> nodes) {
        this.nodes = nodes;
    }

    List<Node> nodes() {
        return nodes;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    boolean isDone() {
        return at >= nodes.size();
    }

    Node here() {
        return nodes.get(at);
    }

    void skip(int count) {
        at += count;
    }

    /// The token here, which must be one; goes on behind it.
    Token take() {
        return ((Node.Leaf) nodes.get(at++)).token();
    }

    boolean isSymbol(String symbol) {
        return isSymbol(0, symbol);
    }

    boolean isSymbol(int ahead, String symbol) {
        return isThere(ahead) && nodes.get(at + ahead).isSymbol(symbol);
    }

    boolean isWord(String word) {
        return isWord(0, word);
    }

    boolean isWord(int ahead, String word) {
        return isThere(ahead) && nodes.get(at + ahead).isWord(word);
    }

    boolean isIdentifier() {
        return isThere(0) && here().isIdentifier();
    }

    boolean is(int ahead, Token.Kind kind) {
        return isThere(ahead) && nodes.get(at + ahead).is(kind);
    }

    boolean isRoundGroup(int ahead) {
        return isThere(ahead) && nodes.get(at + ahead).isRoundGroup();
    }

    /// What the round brackets here hold; goes on behind them. Empty where there are none.
    Optional<List<Node>> brackets() {
        if (isRoundGroup(0)) {
            return Optional.of(((Node.Group) nodes.get(at++)).inside());
        }
        return Optional.empty();
    }

    /// Goes on behind these words if they come, all or none.
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!isWord(i, words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /// Whether what comes names the table before it: `AS x`, or a word that means nothing else.
    boolean isAlias() {
        return isThere(0)
                && here() instanceof Node.Leaf leaf
                && leaf.token().isIdentifier()
                && !((isWord("PIVOT") || isWord("UNPIVOT"))
                        && (isRoundGroup(1) || isWord(1, "INCLUDE") || isWord(1, "EXCLUDE")))
                && (leaf.token().isWord("AS")
                        || leaf.token().kind() == Token.Kind.QUOTED
                        || (!Keywords.isReserved(leaf.token().text()) && !Keywords.isSampling(nodes, at)));
    }

    private boolean isThere(int ahead) {
        return at + ahead >= 0 && at + ahead < nodes.size();
    }
}
