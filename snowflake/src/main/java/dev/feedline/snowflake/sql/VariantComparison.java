package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Two expressions that are compared, one of which may be a VARIANT, and neither of which is a literal beside a column.
///
/// Of two VARIANTs the values are compared; beside anything else a VARIANT takes its type.
final class VariantComparison {
    private static final Set<String> SAME = Set.of("=", "<>", "!=");
    private static final Set<String> RANKED = Set.of("<", ">", "<=", ">=");

    private final Scene scene;
    private final Walk walk;
    private final Written written;

    VariantComparison(Scene scene) {
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
    }

    /// Behind an operand, at `=`, `<`, …; false where the operator is still to be written.
    boolean relation(String symbol) {
        if (!SAME.contains(symbol) && !RANKED.contains(symbol)) {
            return false;
        }
        if ((walk.isWord(1, "ANY") || walk.isWord(1, "ALL")) && walk.isRoundGroup(2)) {
            return quantified(symbol, walk.isWord(1, "ANY"));
        }
        int from = walk.position() + 1;
        int to = operandEnd(from);
        if (!isConcerned(from, to) || isRow(symbol, from, to)) {
            return false;
        }
        Optional<String> right = right(from, to);
        if (right.isEmpty()) {
            return false;
        }
        String left = written.takeExpression();
        walk.moveTo(to);
        written.operand(
                left.matches("\\$\\d+")
                        ? "(" + left + " " + symbol + " " + Names.TYPED + "(" + right.get() + "))"
                        : VariantChoices.bounded("(" + compared(left, symbol, right.get()) + ")"));
        return true;
    }

    /// At `IS [NOT] DISTINCT FROM`.
    boolean distinct() {
        int not = walk.isWord(1, "NOT") ? 1 : 0;
        boolean distinct = walk.isWord(not + 1, "DISTINCT") && walk.isWord(not + 2, "FROM");
        if (!distinct) {
            return false;
        }
        int from = walk.position() + not + 3;
        int to = operandEnd(from);
        if (!isConcerned(from, to) || isRow("IS DISTINCT FROM", from, to)) {
            return false;
        }
        Optional<String> right = right(from, to);
        if (right.isEmpty()) {
            return false;
        }
        String left = written.takeExpression();
        walk.moveTo(to);
        String operator = "IS " + (not == 1 ? "NOT " : "") + "DISTINCT FROM";
        written.operand(VariantChoices.bounded("(" + Variants.same(left, operator, right.get()) + ")"));
        return true;
    }

    /// At BETWEEN, behind an operand and perhaps NOT.
    boolean between() {
        int from = walk.position() + 1;
        int and = operandEnd(from);
        if (and >= walk.nodes().size() || !walk.nodes().get(and).isWord("AND")) {
            return false;
        }
        int to = operandEnd(and + 1);
        boolean not = written.takeNot();
        boolean concerned = (isConcerned(from, and) || isConcerned(and + 1, to)) && !isRow("BETWEEN", from, to);
        Optional<String> least = concerned ? right(from, and) : Optional.empty();
        Optional<String> most = concerned ? right(and + 1, to) : Optional.empty();
        if (least.isEmpty() || most.isEmpty()) {
            if (not) {
                written.keyword("NOT");
            }
            return false;
        }
        String value = written.takeExpression();
        walk.moveTo(to);
        written.operand(VariantChoices.bounded((not ? "(NOT (" : "((") + Variants.ranked(value, ">=", least.get())
                + " AND " + Variants.ranked(value, "<=", most.get()) + "))"));
        return true;
    }

    /// At `IN (…)`, behind an operand and perhaps NOT.
    boolean in() {
        if (!walk.isRoundGroup(1)) {
            return false;
        }
        boolean not = written.takeNot();
        List<Node> inside = ((Node.Group) walk.nodes().get(walk.position() + 1)).inside();
        int from = walk.position() + 1;
        boolean concerned = isConcerned(from, from + 1) && !isRow("IN", from, from + 1);
        boolean done = concerned && (VariantNames.isQuery(inside) ? inQuery(inside, not, 2) : inList(inside, not));
        if (!done && not) {
            written.keyword("NOT");
        }
        return done;
    }

    /// At `= ANY (query)` and its like, behind an operand.
    private boolean quantified(String symbol, boolean any) {
        List<Node> query = ((Node.Group) walk.nodes().get(walk.position() + 2)).inside();
        int from = walk.position() + 2;
        if (!VariantNames.isQuery(query)
                || !isConcerned(from, from + 1)
                || isRow(symbol + (any ? " ANY" : " ALL"), from, from + 1)) {
            return false;
        }
        boolean in = any ? symbol.equals("=") : !symbol.equals("=") && SAME.contains(symbol);
        if (in) {
            return inQuery(query, !any, 3);
        }
        if (scene.variants().present().gives(query) || isLeft(scene.variants().present())) {
            throw SnowflakeError.unsupported("The operator " + symbol + (any ? " ANY" : " ALL")
                    + " (query) of what may be a VARIANT, except = ANY and <> ALL (add ::type)");
        }
        return false;
    }

    /// Whether a row is compared: one with a VARIANT is refused, and one beside such.
    ///
    /// @param from where begins what it is compared with
    private boolean isRow(String operator, int from, int to) {
        int start = written.expressionNode();
        List<Node> nodes = walk.nodes();
        boolean row = start >= 0
                && start < nodes.size()
                && nodes.get(start) instanceof Node.Group group
                && group.isRound()
                && !VariantNames.isQuery(group.inside())
                && Node.splitAtCommas(group.inside()).size() > 1;
        if (!row) {
            return false;
        }
        VariantNames present = scene.variants().present();
        boolean variant = Node.splitAtCommas(((Node.Group) nodes.get(start)).inside()).stream()
                        .anyMatch(present::mayBe)
                || nodes.subList(from, to).stream()
                        .anyMatch(node -> node instanceof Node.Group group && mayBeIn(group.inside(), present));
        if (variant) {
            throw SnowflakeError.unsupported(
                    "Comparing rows with what may be a VARIANT among their values, by " + operator + " (add ::type)");
        }
        return true;
    }

    /// Whether rows or a query's rows may have a VARIANT.
    private static boolean mayBeIn(List<Node> inside, VariantNames variants) {
        return VariantNames.isQuery(inside)
                ? variants.gives(inside)
                : Node.splitAtCommas(inside).stream()
                        .anyMatch(value -> value.size() == 1 && value.getFirst() instanceof Node.Group group
                                ? mayBeIn(group.inside(), variants)
                                : variants.mayBe(value));
    }

    private boolean inQuery(List<Node> inside, boolean not, int nodes) {
        String left = written.takeExpression();
        String query = scene.inner(inside);
        walk.skip(nodes);
        String one = "(SELECT * FROM (" + query + ") LIMIT 1)";
        written.operand(VariantChoices.bounded("(CASE WHEN (typeof(" + left + ") = 'JSON') <> (typeof(" + one
                + ") = 'JSON') THEN error('Comparing a VARIANT with a query of another type') ELSE "
                + Variants.canonical(left) + " END " + (not ? "NOT IN" : "IN") + " (SELECT " + Names.CANONICAL
                + "(COLUMNS(*)) FROM (" + query + ")))"));
        return true;
    }

    private boolean inList(List<Node> inside, boolean not) {
        List<List<Node>> values = Node.splitAtCommas(inside);
        if (values.isEmpty()) {
            return false;
        }
        if (values.stream().anyMatch(VariantComparison::isBind)) {
            written.operand(Names.TYPED + "(" + written.takeExpression() + ")");
            return false;
        }
        String left = written.takeExpression();
        StringBuilder each = new StringBuilder(not ? "(NOT (" : "((");
        for (int i = 0; i < values.size(); i++) {
            List<Node> value = values.get(i);
            String right = scene.inner(value);
            each.append(i == 0 ? "" : " OR ");
            VariantChoices.append(each, isNull(value) ? left + " = NULL" : Variants.same(left, "=", right));
        }
        walk.skip(2);
        written.operand(each.append("))").toString());
        return true;
    }

    private static String compared(String left, String symbol, String right) {
        return SAME.contains(symbol) ? Variants.same(left, symbol, right) : Variants.ranked(left, symbol, right);
    }

    /// Whether one of the two may be a VARIANT.
    private boolean isConcerned(int from, int to) {
        VariantNames variants = scene.variants();
        if (!variants.any() || !written.hasOperand() || written.isDividing()) {
            return false;
        }
        List<Node> nodes = walk.nodes();
        return isLeft(variants)
                || (from < to
                        && (nodes.get(from) instanceof Node.Group group && to == from + 1
                                ? variants.mayBe(nodes.subList(from, to)) || mayBeList(group.inside())
                                : variants.mayBe(nodes.subList(from, to))));
    }

    private boolean isLeft(VariantNames variants) {
        int start = written.expressionNode();
        int operator = walk.position() - (walk.isWord(-1, "NOT") ? 1 : 0);
        return start >= 0 && start < operator && variants.mayBe(walk.nodes().subList(start, operator));
    }

    private boolean mayBeList(List<Node> inside) {
        return Node.splitAtCommas(inside).stream().anyMatch(scene.variants()::mayBe);
    }

    /// The expression between, translated; empty where there is none, it is NULL, or a bind's type is not known: beside
    /// that a VARIANT is refused.
    private Optional<String> right(int from, int to) {
        List<Node> right = walk.nodes().subList(from, to);
        if (isBind(right)) {
            written.operand(Names.TYPED + "(" + written.takeExpression() + ")");
            return Optional.empty();
        }
        return right.isEmpty() || isNull(right) ? Optional.empty() : Optional.of(scene.inner(right));
    }

    private static boolean isNull(List<Node> value) {
        return value.size() == 1 && value.getFirst().isWord("NULL");
    }

    private static boolean isBind(List<Node> value) {
        return value.size() == 1 && value.getFirst().isSymbol("?");
    }

    private int operandEnd(int from) {
        return operandEnd(walk.nodes(), from);
    }

    /// Where the value that begins here ends: at a word or symbol that is no part of one, or before its alias.
    static int operandEnd(List<Node> nodes, int from) {
        int open = 0;
        int end = from;
        for (; end < nodes.size(); end++) {
            Node node = nodes.get(end);
            boolean member = end > from && Keywords.isMember(nodes, end);
            open += Keywords.opens(nodes, end);
            if (open < 0 || (open == 0 && !node.isWord("END") && !member && ends(nodes, end))) {
                break;
            }
        }
        boolean alias = end - from > 1 && SelectLabels.hasAlias(nodes.subList(from, end));
        return alias ? end - 1 : end;
    }

    /// Whether a word or symbol stands here that is no part of a value.
    static boolean ends(List<Node> nodes, int at) {
        Node node = nodes.get(at);
        if (node instanceof Node.Leaf leaf && leaf.token().kind() == Token.Kind.SYMBOL) {
            return Set.of(",", ";", "=>").contains(leaf.token().text())
                    || SAME.contains(leaf.token().text())
                    || RANKED.contains(leaf.token().text());
        }
        if (!node.is(Token.Kind.WORD) || Keywords.isMember(nodes, at)) {
            return false;
        }
        String word = ((Node.Leaf) node).token().text();
        boolean called = at + 1 < nodes.size() && nodes.get(at + 1).isRoundGroup();
        return Keywords.isReserved(word)
                && !Set.of("NULL", "TRUE", "FALSE", "INTERVAL", "OVER").contains(word)
                && !(called && Keywords.isCallable(word));
    }
}
