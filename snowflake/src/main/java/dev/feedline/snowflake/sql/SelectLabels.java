package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Gives the expressions of the outermost SELECT list Snowflake's column names: the expression's own
/// text in upper case.
final class SelectLabels {
    private static final Set<String> LIST_ENDS = Set.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "MINUS",
            "INTO",
            "WINDOW");

    /// After these an expression goes on, so a word behind them is no alias.
    private static final Set<String> OPERATORS = Set.of(
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "LIKE",
            "ILIKE",
            "BETWEEN",
            "THEN",
            "ELSE",
            "WHEN",
            "CASE",
            "DISTINCT",
            "ALL",
            "INTERVAL",
            "ESCAPE",
            "FROM",
            "COLLATE",
            "RLIKE",
            "REGEXP",
            "SELECT",
            "ANY");

    private static final Set<String> NO_ALIAS = Set.of("END", "NULL", "TRUE", "FALSE");

    private static final String NEXTVAL = "NEXTVAL";

    private SelectLabels() {}

    static List<Node> labelled(String sql, List<Node> nodes) {
        int select = select(nodes);
        if (select < 0) {
            return nodes;
        }
        int from = listBegin(nodes, select + 1);
        int to = listEnd(nodes, from);
        List<Node> labelled = new ArrayList<>(nodes.subList(0, from));
        boolean first = true;
        for (List<Node> item : Node.splitAtCommas(nodes.subList(from, to))) {
            if (!first) {
                labelled.add(new Node.Leaf(new Token(Token.Kind.SYMBOL, ",", ",", 0, 0)));
            }
            first = false;
            labelled.addAll(item);
            if (needsLabel(item)) {
                String label = isNextValue(item)
                        ? NEXTVAL
                        : Token.fold(sql.substring(
                                item.getFirst().start(), item.getLast().end()));
                labelled.add(new Node.Leaf(new Token(Token.Kind.WORD, "AS", "AS", 0, 0)));
                labelled.add(new Node.Leaf(new Token(Token.Kind.QUOTED, label, label, 0, 0)));
            }
        }
        labelled.addAll(nodes.subList(to, nodes.size()));
        return labelled;
    }

    private static int select(List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isWord("SELECT")) {
                return i;
            }
        }
        return -1;
    }

    /// Behind SELECT: behind DISTINCT, ALL or an arm's mark, and behind `TOP n`.
    static int listBegin(List<Node> nodes, int from) {
        int begin = from;
        while (begin < nodes.size()
                && (nodes.get(begin).isWord("DISTINCT")
                        || nodes.get(begin).isWord("ALL")
                        || nodes.get(begin).isWord(QueryArms.MARK))) {
            begin++;
        }
        boolean top = begin + 1 < nodes.size()
                && nodes.get(begin).isWord("TOP")
                && nodes.get(begin + 1).is(Token.Kind.NUMBER);
        return top ? begin + 2 : begin;
    }

    static int listEnd(List<Node> nodes, int from) {
        int end = from;
        while (end < nodes.size() && !Keywords.stands(nodes, end, LIST_ENDS)) {
            end++;
        }
        return end;
    }

    private static boolean needsLabel(List<Node> item) {
        return !item.isEmpty() && !isStar(item) && (!isColumn(item) || isNextValue(item)) && !hasAlias(item);
    }

    /// `sequence.NEXTVAL`, which is called what a column of that name would be.
    private static boolean isNextValue(List<Node> item) {
        return item.size() > 1 && isColumn(item) && item.getLast().isWord(NEXTVAL);
    }

    static boolean isStar(List<Node> item) {
        if (item.getFirst().isSymbol("*")) {
            return true;
        }
        int i = 0;
        while (i + 1 < item.size()
                && item.get(i).isIdentifier()
                && item.get(i + 1).isSymbol(".")) {
            i += 2;
        }
        return i > 0 && item.get(i).isSymbol("*");
    }

    static boolean isColumn(List<Node> item) {
        for (int i = 0; i < item.size(); i++) {
            boolean fits = i % 2 == 0 ? item.get(i).isIdentifier() : item.get(i).isSymbol(".");
            if (!fits) {
                return false;
            }
        }
        String last = ((Node.Leaf) item.getLast()).token().text();
        return item.size() % 2 == 1 && !(item.size() == 1 && (NO_ALIAS.contains(last) || last.startsWith("CURRENT_")));
    }

    /// Without its alias.
    static List<Node> expression(List<Node> item) {
        return hasAlias(item)
                ? item.subList(0, item.size() - (item.get(item.size() - 2).isWord("AS") ? 2 : 1))
                : item;
    }

    static boolean hasAlias(List<Node> item) {
        if (item.size() < 2 || !item.getLast().isIdentifier()) {
            return false;
        }
        Token last = ((Node.Leaf) item.getLast()).token();
        if (last.kind() == Token.Kind.WORD && NO_ALIAS.contains(last.text())) {
            return false;
        }
        return switch (item.get(item.size() - 2)) {
            case Node.Group group -> true;
            case Node.Leaf leaf ->
                switch (leaf.token().kind()) {
                    case WORD ->
                        leaf.token().isWord("AS")
                                || !OPERATORS.contains(leaf.token().text());
                    case QUOTED, STRING, NUMBER, DOLLAR -> true;
                    case STAGE, SYMBOL, END -> false;
                };
        };
    }
}
