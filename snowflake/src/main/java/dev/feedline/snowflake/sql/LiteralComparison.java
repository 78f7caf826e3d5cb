package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A column beside a literal: a VARIANT takes the literal's type, as in Snowflake, where DuckDB would compare its JSON
/// text.
///
/// The column's type is not known here, so both comparisons are written, and `typeof` chooses. It is a constant to
/// DuckDB, which drops the other one before it plans: filters reach the scan of any other column as they were.
final class LiteralComparison {
    private static final Set<String> RELATIONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
    private static final Set<String> SIGNS = Set.of("+", "-");
    private static final Set<String> OPERATORS = Set.of("+", "-", "*", "/", "%", "||");
    private static final SnowflakeType DECIMAL = SnowflakeType.number(38, 12);

    /// A name, or what an aggregate takes from the values of one.
    private static final Pattern SUBJECT = Pattern.compile(
            "(?!\\d|(?:NULL|TRUE|FALSE)$)(?:(?:any_value|max|min|mode)\\(" + Casts.NAME + "\\)|" + Casts.NAME + ")");

    private final Scene scene;
    private final Walk walk;
    private final Written written;
    private final Clauses clauses;

    LiteralComparison(Scene scene, Clauses clauses) {
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
        this.clauses = clauses;
    }

    /// What stands at the comparison's right.
    ///
    /// @param type empty where it tells none: a bind, or literals of several types
    /// @param end where it ends in the level
    private record Right(Optional<SnowflakeType> type, int end) {}

    /// Behind an operand, at the operator: `=`, `<`, …; false where the operator is still to be written.
    boolean relation(String symbol) {
        if (symbol.equals("=") && clauses.isAssigned()) {
            walk.skip(1);
            written.assign();
            return true;
        }
        if (!RELATIONS.contains(symbol) || !begins()) {
            return false;
        }
        int from = walk.position() + 1;
        return written.isLiteral()
                ? mirrored(symbol, from)
                : subject().isPresent() && compare(symbol, from, right(from));
    }

    /// At `IN`, behind an operand and perhaps `NOT`.
    boolean in() {
        int from = walk.position() + 1;
        return negatable("IN", from, list(from));
    }

    /// At `BETWEEN`, behind an operand and perhaps `NOT`.
    boolean between() {
        int from = walk.position() + 1;
        return negatable("BETWEEN", from, range(from));
    }

    /// At `IS [NOT] DISTINCT FROM`.
    boolean distinct() {
        int not = walk.isWord(1, "NOT") ? 1 : 0;
        if (!walk.isWord(not + 1, "DISTINCT")
                || !walk.isWord(not + 2, "FROM")
                || !begins()
                || subject().isEmpty()) {
            return false;
        }
        int from = walk.position() + not + 3;
        return compare("IS " + (not == 1 ? "NOT " : "") + "DISTINCT FROM", from, right(from));
    }

    /// `CASE column WHEN literal THEN …` as `CASE WHEN column = literal THEN …`; anything else as it is.
    static List<Node> searched(List<Node> inside, Predicate<List<Node>> mayBeVariant) {
        int when = 0;
        while (when < inside.size() && !Keywords.stands(inside, when, "WHEN")) {
            when++;
        }
        boolean column = chain(inside, 0).orElse(-1) == when;
        if (when == 0 || when == inside.size() || (!column && !mayBeVariant.test(inside.subList(0, when)))) {
            return inside;
        }
        List<Node> subject = inside.subList(0, when);
        List<Node> searched = new ArrayList<>();
        int open = 0;
        for (int i = when; i < inside.size(); i++) {
            Node node = inside.get(i);
            open += Keywords.opens(inside, i);
            searched.add(node);
            if (open == 0 && Keywords.stands(inside, i, "WHEN")) {
                int then = i + 1;
                while (then < inside.size() && !Keywords.stands(inside, then, "THEN")) {
                    if (Keywords.stands(inside, then, "CASE")) {
                        return inside;
                    }
                    then++;
                }
                searched.addAll(subject);
                searched.add(Node.symbol("="));
                List<Node> value = inside.subList(i + 1, then);
                if (end(value, 0).orElse(-1) == value.size()) {
                    searched.addAll(value);
                } else {
                    searched.add(Node.brackets(value));
                }
                i = then - 1;
            }
        }
        return searched;
    }

    /// Whether a call's arguments are a column and a literal.
    static boolean isOne(String value, String other) {
        return typeOf(other).isPresent() && subject(value).isPresent();
    }

    /// The comparison of two of a call's arguments.
    static String compared(String value, String operator, String other) {
        return isOne(value, other)
                ? either(subject(value).orElseThrow(), typeOf(other).orElseThrow(), operator + " " + other)
                : value + " " + operator + " " + other;
    }

    private static Optional<SnowflakeType> typeOf(String literal) {
        if (Casts.isString(literal)) {
            return Optional.of(SnowflakeType.VARCHAR);
        }
        if (literal.matches("-? ?\\d+(\\.\\d*)?")) {
            return Optional.of(DECIMAL);
        }
        return literal.equals("TRUE") || literal.equals("FALSE")
                ? Optional.of(SnowflakeType.BOOLEAN)
                : Optional.empty();
    }

    private boolean negatable(String word, int from, Optional<Right> right) {
        if (right.isEmpty()) {
            return false;
        }
        boolean not = written.takeNot();
        boolean compared = begins() && subject().isPresent() && compare((not ? "NOT " : "") + word, from, right);
        if (!compared && not) {
            written.keyword("NOT");
        }
        return compared;
    }

    private boolean compare(String operator, int from, Optional<Right> right) {
        if (right.isEmpty()) {
            return false;
        }
        String subject = subject().orElseThrow();
        written.takeOperand();
        if (right.get().type().isEmpty()) {
            // What follows is read as ever.
            written.operand(Names.TYPED + "(" + subject + ")");
            return false;
        }
        String rest = operator + " "
                + scene.inner(walk.nodes().subList(from, right.get().end()));
        walk.moveTo(right.get().end());
        written.operand(either(subject, right.get().type().get(), rest));
        return true;
    }

    /// `'literal' = column`
    private boolean mirrored(String symbol, int from) {
        Optional<SnowflakeType> type = typeOf(written.operandText());
        boolean bind = Casts.isBound(written.operandText());
        OptionalInt end = chain(walk.nodes(), from);
        if (end.isEmpty() || goesOn(walk.nodes(), end.getAsInt()) || (type.isEmpty() && !bind)) {
            return false;
        }
        String name = scene.inner(walk.nodes().subList(from, end.getAsInt()));
        if (!SUBJECT.matcher(name).matches()) {
            return false;
        }
        String literal = written.takeOperand();
        walk.moveTo(end.getAsInt());
        String variant =
                type.map(as -> literal + " " + symbol + " " + typed(name, as)).orElse("");
        written.operand(
                bind
                        ? "(" + literal + " " + symbol + " " + Names.TYPED + "(" + name + "))"
                        : "(CASE WHEN typeof(" + name + ") = 'JSON' THEN " + variant + " ELSE " + literal + " " + symbol
                                + " " + name + " END)");
        return true;
    }

    /// Whether the operand begins the expression that is compared.
    private boolean begins() {
        String before = written.beforeOperand();
        return written.hasOperand()
                && !written.isDividing()
                && !OPERATORS.contains(before)
                && (!RELATIONS.contains(before) || written.beginsAssigned());
    }

    private Optional<String> subject() {
        return subject(written.operandText());
    }

    /// The operand without brackets around it, if its type may be VARIANT.
    private static Optional<String> subject(String operand) {
        String subject = operand;
        while (subject.startsWith("(") && subject.endsWith(")")) {
            subject = subject.substring(1, subject.length() - 1);
        }
        return SUBJECT.matcher(subject).matches() || Casts.isElement(subject) ? Optional.of(subject) : Optional.empty();
    }

    private static String either(String subject, SnowflakeType type, String rest) {
        String ofVariant = typed(subject, type) + " " + rest;
        return Casts.isElement(subject)
                ? "(" + ofVariant + ")"
                : "(CASE WHEN typeof(" + subject + ") = 'JSON' THEN " + ofVariant + " ELSE " + subject + " " + rest
                        + " END)";
    }

    private static String typed(String subject, SnowflakeType type) {
        String text = Names.TEXT + "(" + subject + ")";
        return switch (type.kind()) {
            case VARCHAR -> text;
            case BOOLEAN -> Names.BOOL + "(" + subject + ")";
            default -> Casts.castText(text, type);
        };
    }

    /// A literal, computed with others or not, or a literal's cast.
    private Optional<Right> right(int from) {
        List<Node> nodes = walk.nodes();
        OptionalInt literal = literal(nodes, from);
        if (literal.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt end = end(nodes, from);
        if (end.isEmpty()) {
            return cast(nodes, literal.getAsInt());
        }
        List<Node> right = nodes.subList(from, end.getAsInt());
        if (hasBind(right)) {
            return Optional.of(new Right(Optional.empty(), from));
        }
        boolean text = right.stream().anyMatch(node -> node.isSymbol("||"));
        return Optional.of(new Right(text ? Optional.of(SnowflakeType.VARCHAR) : type(nodes, from), end.getAsInt()));
    }

    /// `'literal'::TYPE`, behind the literal.
    private static Optional<Right> cast(List<Node> nodes, int at) {
        if (!isThere(nodes, at + 1)
                || !nodes.get(at).isSymbol("::")
                || !nodes.get(at + 1).isIdentifier()) {
            return Optional.empty();
        }
        int end = isThere(nodes, at + 2) && nodes.get(at + 2).isRoundGroup() ? at + 3 : at + 2;
        SnowflakeType type = FunctionTranslator.type(word(nodes.get(at + 1)));
        if (type.kind().semiStructured() || goesOn(nodes, end)) {
            return Optional.empty();
        }
        return Optional.of(new Right(Optional.of(type.kind() == SnowflakeType.Kind.NUMBER ? DECIMAL : type), end));
    }

    private Optional<Right> list(int from) {
        List<Node> nodes = walk.nodes();
        if (!isThere(nodes, from) || !(nodes.get(from) instanceof Node.Group group) || !group.isRound()) {
            return Optional.empty();
        }
        List<SnowflakeType> types = new ArrayList<>();
        boolean others = false;
        for (List<Node> one : Node.splitAtCommas(group.inside())) {
            boolean literal = literal(one, 0).orElse(-1) == one.size() && !hasBind(one);
            if (literal) {
                types.add(type(one, 0).orElseThrow());
            } else if (one.size() != 1 || !one.getFirst().isWord("NULL")) {
                others |= literal(one, 0).isPresent() || !types.isEmpty();
            }
        }
        if (types.isEmpty() && !others) {
            return Optional.empty();
        }
        boolean alike = !others && types.stream().distinct().count() == 1;
        return Optional.of(new Right(alike ? Optional.of(types.getFirst()) : Optional.empty(), from + 1));
    }

    private Optional<Right> range(int from) {
        List<Node> nodes = walk.nodes();
        OptionalInt first = literal(nodes, from);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        int and = first.getAsInt();
        OptionalInt last =
                isThere(nodes, and) && nodes.get(and).isWord("AND") ? literal(nodes, and + 1) : OptionalInt.empty();
        boolean between = isThere(nodes, and) && nodes.get(and).isWord("AND");
        if (between && last.isEmpty() && !hasBind(nodes.subList(from, and))) {
            return Optional.empty(); // a name or an expression: no comparison with literals
        }
        if (last.isEmpty() || goesOn(nodes, last.getAsInt()) || hasBind(nodes.subList(from, last.getAsInt()))) {
            return Optional.of(new Right(Optional.empty(), from));
        }
        Optional<SnowflakeType> type = type(nodes, from);
        return Optional.of(new Right(type.equals(type(nodes, and + 1)) ? type : Optional.empty(), last.getAsInt()));
    }

    /// Where a literal or a bind ends that begins here.
    private static OptionalInt literal(List<Node> nodes, int from) {
        int at = signed(nodes, from);
        if (!isThere(nodes, at)) {
            return OptionalInt.empty();
        }
        Node node = nodes.get(at);
        boolean literal = node.is(Token.Kind.NUMBER)
                || (at == from
                        && (node.is(Token.Kind.STRING)
                                || node.isWord("TRUE")
                                || node.isWord("FALSE")
                                || node.isSymbol("?")));
        return literal ? OptionalInt.of(at + 1) : OptionalInt.empty();
    }

    private static Optional<SnowflakeType> type(List<Node> nodes, int from) {
        Node node = nodes.get(signed(nodes, from));
        if (node.is(Token.Kind.STRING)) {
            return Optional.of(SnowflakeType.VARCHAR);
        }
        return Optional.of(node.is(Token.Kind.NUMBER) ? DECIMAL : SnowflakeType.BOOLEAN);
    }

    private static int signed(List<Node> nodes, int from) {
        return isThere(nodes, from) && SIGNS.stream().anyMatch(nodes.get(from)::isSymbol) ? from + 1 : from;
    }

    /// Where operands with operators between them end; empty where one is no literal, name, call or brackets.
    private static OptionalInt end(List<Node> nodes, int from) {
        int at = from;
        while (true) {
            OptionalInt operand = literal(nodes, at);
            int start = signed(nodes, at);
            if (operand.isEmpty() && isThere(nodes, start)) {
                operand = nodes.get(start).isRoundGroup() ? OptionalInt.of(start + 1) : chain(nodes, start);
            }
            if (operand.isEmpty()) {
                return OptionalInt.empty();
            }
            at = operand.getAsInt();
            if (isThere(nodes, at) && nodes.get(at).isRoundGroup()) {
                at++;
            }
            if (!goesOn(nodes, at)) {
                return OptionalInt.of(at);
            }
            if (OPERATORS.stream().noneMatch(nodes.get(at)::isSymbol)) {
                return OptionalInt.empty();
            }
            at++;
        }
    }

    /// Where the name `a.b.c` ends that begins here.
    private static OptionalInt chain(List<Node> nodes, int from) {
        int at = from;
        while (isThere(nodes, at)
                && nodes.get(at).isIdentifier()
                && !(nodes.get(at).is(Token.Kind.WORD) && Keywords.isReserved(word(nodes.get(at))))) {
            at++;
            if (!isThere(nodes, at) || !nodes.get(at).isSymbol(".")) {
                return OptionalInt.of(at);
            }
            at++;
        }
        return OptionalInt.empty();
    }

    /// Whether an operator that binds closer than a comparison comes.
    private static boolean goesOn(List<Node> nodes, int at) {
        if (!isThere(nodes, at)) {
            return false;
        }
        Node node = nodes.get(at);
        return node instanceof Node.Group
                || Set.of("::", ":", ".").stream().anyMatch(node::isSymbol)
                || OPERATORS.stream().anyMatch(node::isSymbol);
    }

    private static boolean hasBind(List<Node> nodes) {
        return nodes.stream()
                .anyMatch(node -> node.isSymbol("?") || (node instanceof Node.Group group && hasBind(group.inside())));
    }

    private static boolean isThere(List<Node> nodes, int at) {
        return at < nodes.size();
    }

    private static String word(Node node) {
        return ((Node.Leaf) node).token().text();
    }
}
