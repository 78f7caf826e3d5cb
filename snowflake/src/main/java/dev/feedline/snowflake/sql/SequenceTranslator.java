package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Translates one level of a statement's tree from left to right.
///
/// It remembers where the operand that has just ended began, because `::`, `:` and `[` reach back over
/// it.
final class SequenceTranslator {
    /// Symbols that mean the same in both dialects.
    private static final Set<String> SHARED =
            Set.of(",", "*", "=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "/", "%", "||", ".", "?", ";");

    private static final Set<String> COMPARISONS =
            Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "/", "%", "||");

    private static final Set<String> COMPARING_WORDS =
            Set.of("LIKE", "ILIKE", "IN", "BETWEEN", "NOT", "RLIKE", "REGEXP", "ASC", "DESC");

    private final Context context;
    private final List<Node> nodes;
    /// Whether `$1` can be a column of VALUES.
    private final boolean hasValues;
    private final Optional<String> staged;
    private final List<String> out = new ArrayList<>();
    private int at;
    /// Where in `out` the operand that has just ended began; -1 when none has.
    private int operand = -1;
    /// Where in `out` the operand behind a division begins; -1 when there is none.
    private int divisor = -1;
    /// Whether that operand is a literal.
    private boolean literal;
    /// Whether the coming expressions are those of an ORDER BY.
    private boolean ordering;
    /// Where in `out` the CASEs that have not ended began.
    private final Deque<Integer> cases = new ArrayDeque<>();

    SequenceTranslator(Context context, List<Node> nodes) {
        this(context, nodes, Optional.empty());
    }

    /// @param staged the alias of the stage whose files' columns `$1`, … are; empty where there is no stage
    SequenceTranslator(Context context, List<Node> nodes, Optional<String> staged) {
        this.context = context;
        this.nodes = nodes;
        this.staged = staged;
        this.hasValues = nodes.stream().anyMatch(node -> node.isWord("VALUES"));
    }

    String translate() {
        while (at < nodes.size()) {
            switch (nodes.get(at)) {
                case Node.Group group -> group(group);
                case Node.Leaf leaf -> leaf(leaf.token());
            }
        }
        endDivisor();
        return String.join(" ", out);
    }

    private void group(Node.Group group) {
        switch (group.open().text()) {
            case "(" -> {
                at++;
                operand("(" + inner(group.inside()) + ")", false);
            }
            case "[" -> {
                if (operand >= 0) {
                    path();
                    return;
                }
                at++;
                operand(JsonForms.array(each(Node.splitAtCommas(group.inside()))), false);
            }
            default -> {
                at++;
                operand(JsonForms.object(pairs(group), true), false);
            }
        }
    }

    private List<String> each(List<List<Node>> values) {
        return values.stream().map(this::inner).toList();
    }

    /// `{'key': value, …}`
    private List<String> pairs(Node.Group group) {
        List<String> pairs = new ArrayList<>();
        for (List<Node> pair : Node.splitAtCommas(group.inside())) {
            if (pair.size() < 3
                    || !pair.getFirst().is(Token.Kind.STRING)
                    || !pair.get(1).isSymbol(":")) {
                throw SnowflakeError.unsupported("An object constant of anything but 'key': value");
            }
            pairs.add(inner(pair.subList(0, 1)));
            pairs.add(inner(pair.subList(2, pair.size())));
        }
        return pairs;
    }

    private void leaf(Token token) {
        switch (token.kind()) {
            case STRING, NUMBER -> {
                at++;
                operand(token.duck(), true);
            }
            case QUOTED -> identifierChain();
            case WORD -> word(token);
            case DOLLAR -> {
                boolean position = token.text().matches("\\$\\d+");
                if (position && staged.isPresent()) {
                    at++;
                    operand(Quoting.identifier(token.text()), false);
                    return;
                }
                if (!position || !hasValues) {
                    throw SnowflakeError.unsupported(
                            position
                                    ? "The column " + token.text() + " of a staged file"
                                    : "The session variable " + token.text());
                }
                at++;
                operand("COLUMN" + token.text().substring(1), false);
            }
            case STAGE -> throw SnowflakeError.unsupported("A query of staged files (" + token.text() + ")");
            case SYMBOL -> symbol(token);
            case END -> at++;
        }
    }

    private void symbol(Token token) {
        switch (token.text()) {
            case "::" -> cast();
            case ":" -> {
                if (operand < 0) {
                    throw SnowflakeError.unsupported("A bind variable of the form :name");
                }
                path();
            }
            default -> {
                if (!SHARED.contains(token.text())) {
                    throw SnowflakeError.unsupported("The operator " + token.text());
                }
                at++;
                if (token.text().equals("/")) {
                    keyword("/");
                    divisor = out.size();
                } else if (token.text().equals("?")) {
                    operand(token.spelling(), true);
                } else {
                    keyword(token.text());
                }
            }
        }
    }

    private void word(Token token) {
        Keywords.refuse(nodes, at);
        boolean bracket = at + 1 < nodes.size() && nodes.get(at + 1).isRoundGroup();
        boolean insertion =
                token.isWord("INSERT") && !out.isEmpty() && out.getLast().equals("THEN");
        if (token.isWord("REPLACE")
                && bracket
                && !out.isEmpty()
                && out.getLast().endsWith("*")) {
            at += 2;
            keyword("REPLACE (" + inner(((Node.Group) nodes.get(at - 1)).inside()) + ")");
            return;
        }
        if (insertion) {
            at++;
            keyword("INSERT");
            return;
        }
        if (!Keywords.isReserved(token.text()) || (bracket && Keywords.isCallable(token.text()))) {
            identifierChain();
            return;
        }
        at++;
        switch (token.text()) {
            case "MINUS" -> keyword("EXCEPT");
            case "ORDER" -> {
                ordering = true;
                keyword("ORDER");
            }
            case "NULL", "TRUE", "FALSE" -> operand(token.text(), true);
            case "CASE" -> {
                cases.push(out.size());
                keyword("CASE");
            }
            case "END" -> {
                operand("END", false);
                operand = cases.isEmpty() ? operand : cases.pop();
            }
            case "OVER" -> over();
            case "VALUES" -> values();
            default -> {
                if (Keywords.endsOrdering(token.text())) {
                    ordering = false;
                }
                keyword(token.text());
            }
        }
    }

    /// Behind FROM its columns are COLUMN1, COLUMN2, … unless the alias says otherwise.
    private void values() {
        boolean table = !out.isEmpty() && Set.of("FROM", "JOIN", ",").contains(out.getLast());
        keyword("VALUES");
        int columns = 0;
        while (at < nodes.size() && nodes.get(at) instanceof Node.Group group && group.isRound()) {
            columns = Node.splitAtCommas(group.inside()).size();
            at++;
            out.add("(" + inner(group.inside()) + ")");
            if (!isAt(",") || at + 1 >= nodes.size() || !nodes.get(at + 1).isRoundGroup()) {
                break;
            }
            at++;
            out.add(",");
        }
        if (!table) {
            return;
        }
        String names = IntStream.rangeClosed(1, columns)
                .mapToObj(i -> "COLUMN" + i)
                .collect(Collectors.joining(", ", "(", ")"));
        if (!hasAliasNext()) {
            keyword("AS \"VALUES\"" + names);
            return;
        }
        if (nodes.get(at).isWord("AS")) {
            at++;
        }
        Token alias = ((Node.Leaf) nodes.get(at++)).token();
        boolean named = at < nodes.size() && nodes.get(at).isRoundGroup();
        keyword("AS " + alias.duck() + (named ? "" : names));
    }

    /// The window belongs to the operand before it.
    private void over() {
        int start = operand;
        keyword("OVER");
        if (at < nodes.size() && nodes.get(at) instanceof Node.Group group && group.isRound()) {
            at++;
            out.add("(" + inner(group.inside()) + ")");
        } else if (at < nodes.size() && nodes.get(at).isIdentifier()) {
            identifierChain();
        }
        operand = start;
        literal = false;
    }

    /// `a.b.c`, `t.*`, a function call, or a view or table function of INFORMATION_SCHEMA.
    private void identifierChain() {
        List<String> parts = new ArrayList<>();
        StringBuilder duck = new StringBuilder();
        Token first = ((Node.Leaf) nodes.get(at)).token();
        while (true) {
            Token token = ((Node.Leaf) nodes.get(at)).token();
            parts.add(token.text());
            boolean metadata = staged.isPresent() && token.text().startsWith("METADATA$");
            boolean quote = token.kind() == Token.Kind.WORD && (metadata || Keywords.needsQuotes(nodes, at));
            duck.append(quote ? Quoting.identifier(token.text()) : token.duck());
            at++;
            if (!isAt(".")) {
                break;
            }
            at++;
            duck.append('.');
            if (isAt(".")) {
                parts.add("PUBLIC");
                duck.append("PUBLIC.");
                at++;
            }
            if (at < nodes.size() && nodes.get(at).isSymbol("*")) {
                at++;
                keyword(duck + "*");
                return;
            }
            if (at < nodes.size() && nodes.get(at).is(Token.Kind.DOLLAR)) {
                if (parts.size() == 1 && staged.equals(Optional.of(parts.getFirst()))) {
                    leaf(((Node.Leaf) nodes.get(at)).token());
                    return;
                }
                throw SnowflakeError.unsupported("A column by its position behind a name");
            }
            if (at >= nodes.size() || !nodes.get(at).isIdentifier()) {
                throw SnowflakeError.SYNTAX.with("syntax error: expected a name after '" + duck + "'.");
            }
        }
        if (parts.size() > 1 && parts.getLast().equals("NEXTVAL")) {
            Optional<String> sequence = context.sequence(new ObjectName(parts.subList(0, parts.size() - 1)));
            if (sequence.isPresent()) {
                operand("nextval(" + Quoting.literal(sequence.get()) + ")", false);
                return;
            }
        }
        if (parts.size() > 3) {
            throw SnowflakeError.unsupported("A name of more than three parts (" + duck + ")");
        }
        ObjectName name = new ObjectName(parts);
        boolean called = at < nodes.size() && nodes.get(at).isRoundGroup();
        if (called && first.kind() == Token.Kind.WORD) {
            call(name, duck.toString(), ((Node.Group) nodes.get(at)).inside());
            return;
        }
        if (parts.size() > 1 && parts.get(parts.size() - 2).equals("INFORMATION_SCHEMA")) {
            operand(
                    "("
                            + context.informationSchema(name)
                                    .orElseThrow(() -> SnowflakeError.unsupported("The view " + name))
                            + ")",
                    false);
            if (!hasAliasNext()) {
                keyword("AS " + Quoting.identifier(name.last()));
            }
            return;
        }
        Translator.refuseReservedSchema(name);
        Optional<Optional<String>> value = parts.size() == 1 ? context.value(name.last(), List.of()) : Optional.empty();
        if (value.isPresent() && Keywords.isNiladic(name.last())) {
            operand(Translator.constant(value.get()), false);
            return;
        }
        if (parts.size() == 1 && first.kind() == Token.Kind.WORD && Functions.isNiladic(name.last())) {
            operand(Functions.form(name.last()).orElseThrow().apply(List.of()), false);
            return;
        }
        operand(duck.toString(), false);
    }

    private void call(ObjectName name, String duck, List<Node> inside) {
        if (name.parts().size() == 1 && name.last().equals("TABLE")) {
            tableFunction(inside);
            return;
        }
        if (name.parts().size() == 1
                && TableFunctions.isOne(name.last())
                && !out.isEmpty()
                && Set.of("LATERAL", "FROM", "JOIN", ",").contains(out.getLast())) {
            at++;
            derived(TableFunctions.subquery(name.last(), inside, this::inner), name.last());
            return;
        }
        if (name.parts().size() == 1 && name.last().equals("IDENTIFIER")) {
            at++;
            operand(identifier(inside), false);
            return;
        }
        at++;
        List<Node> within = within();
        String call = new FunctionTranslator(context, this::inner).call(name, duck, inside, within);
        operand(call, false);
    }

    /// `WITHIN GROUP (ORDER BY …)` behind a call: the brackets' content, or nothing.
    private List<Node> within() {
        if (at + 2 < nodes.size()
                && nodes.get(at).isWord("WITHIN")
                && nodes.get(at + 1).isWord("GROUP")
                && nodes.get(at + 2) instanceof Node.Group group) {
            at += 3;
            return group.inside();
        }
        return List.of();
    }

    private void tableFunction(List<Node> inside) {
        List<String> parts = new ArrayList<>();
        int i = 0;
        while (i < inside.size()
                && inside.get(i) instanceof Node.Leaf leaf
                && leaf.token().isIdentifier()) {
            parts.add(leaf.token().text());
            i++;
            if (i >= inside.size() || !inside.get(i).isSymbol(".")) {
                break;
            }
            i++;
        }
        if (parts.size() == 1
                && i == inside.size() - 1
                && TableFunctions.isOne(parts.getFirst())
                && inside.get(i) instanceof Node.Group group) {
            at++;
            keyword("LATERAL");
            derived(TableFunctions.subquery(parts.getFirst(), group.inside(), this::inner), parts.getFirst());
            return;
        }
        if (parts.isEmpty() || i != inside.size() - 1 || !(inside.get(i) instanceof Node.Group group)) {
            throw SnowflakeError.unsupported("TABLE(…) of anything but a table function");
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        for (List<Node> argument : Node.splitAtCommas(group.inside())) {
            if (argument.size() < 3
                    || !argument.getFirst().isIdentifier()
                    || !argument.get(1).isSymbol("=>")) {
                throw SnowflakeError.unsupported("A table function's argument without a name");
            }
            arguments.put(
                    ((Node.Leaf) argument.getFirst()).token().text(), inner(argument.subList(2, argument.size())));
        }
        ObjectName name = new ObjectName(parts);
        String subquery = context.tableFunction(name, arguments)
                .orElseThrow(() -> SnowflakeError.unsupported("The table function " + name));
        at++;
        operand("(" + subquery + ")", false);
        if (!hasAliasNext()) {
            keyword("AS " + Quoting.identifier(name.last()));
        }
    }

    private void derived(String subquery, String name) {
        operand("(" + subquery + ")", false);
        if (!hasAliasNext()) {
            keyword("AS " + Quoting.identifier(name));
        }
    }

    /// `IDENTIFIER('a.b')` is the name itself.
    private static String identifier(List<Node> inside) {
        if (inside.size() != 1 || !inside.getFirst().is(Token.Kind.STRING)) {
            throw SnowflakeError.unsupported("IDENTIFIER of anything but a string literal");
        }
        ObjectName name =
                CommandParser.name(((Node.Leaf) inside.getFirst()).token().text());
        return name.parts().stream().map(Quoting::identifier).collect(Collectors.joining("."));
    }

    private boolean hasAliasNext() {
        return at < nodes.size()
                && nodes.get(at) instanceof Node.Leaf leaf
                && leaf.token().isIdentifier()
                && (leaf.token().isWord("AS")
                        || !Keywords.isReserved(leaf.token().text()));
    }

    private void cast() {
        if (operand < 0) {
            throw SnowflakeError.SYNTAX.with("syntax error unexpected '::'.");
        }
        at++;
        SnowflakeType type = type();
        String of = takeOperand();
        operand(Casts.cast(of, type, literal), false);
    }

    /// The type that begins here, as the tokens the type parser reads.
    private SnowflakeType type() {
        StringBuilder text = new StringBuilder();
        if (at >= nodes.size() || !nodes.get(at).isIdentifier()) {
            throw SnowflakeError.SYNTAX.with("syntax error: expected a data type after '::'.");
        }
        text.append(((Node.Leaf) nodes.get(at++)).token().text());
        if (at < nodes.size()
                && (nodes.get(at).isWord("PRECISION") || nodes.get(at).isWord("VARYING"))) {
            text.append(' ').append(((Node.Leaf) nodes.get(at++)).token().text());
        }
        if (at < nodes.size() && nodes.get(at) instanceof Node.Group group && group.isRound()) {
            text.append('(');
            group.inside()
                    .forEach(node -> text.append(
                            node instanceof Node.Leaf leaf ? leaf.token().text() : "("));
            text.append(')');
            at++;
        }
        return FunctionTranslator.type(text.toString());
    }

    private void path() {
        StringBuilder path = new StringBuilder("$");
        int start = operand;
        at = JsonPath.read(nodes, at, path);
        String of = takeOperand();
        String steps = Quoting.literal(path.toString());
        String text = "CAST(" + of + " AS VARCHAR), " + steps + ")";
        if (isAt("::")) {
            at++;
            SnowflakeType type = type();
            operand(
                    type.kind().semiStructured()
                            ? "CAST(" + JsonPath.ELEMENT + "(" + text + " AS JSON)"
                            : Casts.castText(JsonPath.TEXT + "(" + text, type),
                    false);
            return;
        }
        refuseComparison(start);
        operand("CAST(" + JsonPath.ELEMENT + "(" + text + " AS JSON)", false);
    }

    /// A path without a cast is JSON; DuckDB would compare and sort its text, Snowflake its value.
    private void refuseComparison(int start) {
        String before = start > 0 ? out.get(start - 1) : "";
        boolean compared = COMPARISONS.contains(before) || COMPARING_WORDS.contains(before) || ordering;
        if (at < nodes.size() && nodes.get(at) instanceof Node.Leaf leaf) {
            Set<String> comparing = leaf.token().kind() == Token.Kind.SYMBOL ? COMPARISONS : COMPARING_WORDS;
            compared |= comparing.contains(leaf.token().text());
        }
        if (compared) {
            throw SnowflakeError.unsupported("Comparing or computing with a path that has no cast (add ::type)");
        }
    }

    /// Snowflake does not divide by zero; DuckDB would give infinity.
    private void endDivisor() {
        if (divisor < 0 || out.size() == divisor) {
            return;
        }
        String by = String.join(" ", out.subList(divisor, out.size()));
        if (!by.matches("[1-9]\\d*(\\.\\d*)?")) {
            out.subList(divisor, out.size()).clear();
            out.add(Names.DIVISOR + "(" + by + ")");
        }
        divisor = -1;
    }

    private String inner(List<Node> inside) {
        return new SequenceTranslator(context, inside, staged).translate();
    }

    private String takeOperand() {
        String text = String.join(" ", out.subList(operand, out.size()));
        out.subList(operand, out.size()).clear();
        return text;
    }

    private void operand(String text, boolean isLiteral) {
        operand = out.size();
        literal = isLiteral;
        out.add(text);
    }

    private void keyword(String text) {
        endDivisor();
        operand = -1;
        out.add(text);
    }

    private boolean isAt(String symbol) {
        return at < nodes.size() && nodes.get(at).isSymbol(symbol);
    }
}
