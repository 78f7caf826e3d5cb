package dev.feedline.snowflake.sql;

import java.util.List;

/// Finds an expression again where it is said the same way, and a column also where it is said with its table or
/// without it.
final class SameExpression {
    private SameExpression() {}

    /// Where the same expression ends that begins here; -1 where another one does.
    static int end(List<Node> in, int at, List<Node> one) {
        if (at > 0
                && (in.get(at - 1).isSymbol(".")
                        || in.get(at - 1).isSymbol(":")
                        || in.get(at - 1).isWord("AS"))) {
            return -1;
        }
        if (SelectLabels.isColumn(one) && in.get(at).isIdentifier()) {
            int end = at + 1;
            while (end + 1 < in.size()
                    && in.get(end).isSymbol(".")
                    && in.get(end + 1).isIdentifier()) {
                end += 2;
            }
            boolean called = end < in.size() && in.get(end).isRoundGroup();
            boolean same = in.get(end - 1).text().equals(one.getLast().text())
                    && (end - at == 1
                            || one.size() == 1
                            || in.get(at).text().equals(one.getFirst().text()));
            return same && !called ? end : -1;
        }
        if (at + one.size() > in.size()) {
            return -1;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(in.get(at + i), one.get(i))) {
                return -1;
            }
        }
        return at + one.size();
    }

    private static boolean same(Node one, Node other) {
        return switch (one) {
            case Node.Leaf leaf ->
                other instanceof Node.Leaf second
                        && leaf.token().kind() == second.token().kind()
                        && leaf.token().text().equals(second.token().text());
            case Node.Group group ->
                other instanceof Node.Group second
                        && group.inside().size() == second.inside().size()
                        && areSame(group.inside(), second.inside());
        };
    }

    private static boolean areSame(List<Node> one, List<Node> other) {
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
