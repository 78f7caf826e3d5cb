package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `a.b.c`, `t.*`, a function call, or a view or table function of INFORMATION_SCHEMA.
final class NameChains {
    private static final Set<String> TABLE_FUNCTION_BEFORE = Set.of("LATERAL", "FROM", "JOIN", ",");

    private final Scene scene;
    private final Walk walk;
    private final Written written;
    private final Clauses clauses;
    private final TableCalls tables;

    NameChains(Scene scene, Clauses clauses) {
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
        this.clauses = clauses;
        this.tables = new TableCalls(scene, this::temporary);
    }

    /// A name as it was read.
    ///
    /// @param duck as DuckDB reads it
    /// @param plain whether it began with an unquoted word
    private record Chain(List<String> parts, String duck, boolean plain) {
        boolean isOne() {
            return parts.size() == 1;
        }

        String last() {
            return parts.getLast();
        }
    }

    void read() {
        Optional<Chain> read = chain();
        if (read.isEmpty()) {
            return;
        }
        Chain chain = read.get();
        if (isNextValue(chain)) {
            return;
        }
        ObjectName name = new ObjectName(chain.parts());
        if (isCommonTable(chain)) {
            scene.commonTables().define(name.last(), commonTable());
        }
        Optional<String> temporary = temporary(name);
        if (temporary.isPresent()) {
            written.operand(temporary.get());
            return;
        }
        if (chain.parts().size() > 3) {
            throw SnowflakeError.unsupported("A name of more than three parts (" + chain.duck() + ")");
        }
        if (walk.isRoundGroup(0)) {
            bracketed(chain, name);
            return;
        }
        if (chain.parts().size() > 1
                && chain.parts().get(chain.parts().size() - 2).equals("INFORMATION_SCHEMA")) {
            tables.derived(
                    scene.context()
                            .informationSchema(name, scene.mentions("ROW_COUNT"))
                            .orElseThrow(() -> SnowflakeError.unsupported("The view " + name)),
                    name.last());
            return;
        }
        Translator.refuseReserved(name);
        if (clauses.isTableNext()
                && chain.isOne()
                && chain.plain()
                && name.last().equals("DUAL")) {
            tables.derived("SELECT 1 AS DUMMY", "DUAL");
            return;
        }
        if (clauses.isTableNext() && chain.isOne()) {
            Translator.refuseInnerTable(name.last());
        }
        written.operand(value(chain));
    }

    /// Reads the name; empty when it was `t.*` or `stage.$1`, which is then written.
    private Optional<Chain> chain() {
        List<String> parts = new ArrayList<>();
        StringBuilder duck = new StringBuilder();
        boolean plain = walk.is(0, Token.Kind.WORD);
        while (true) {
            boolean quoted = Keywords.needsQuotes(walk.nodes(), walk.position());
            Token token = walk.take();
            parts.add(token.text());
            boolean metadata = scene.staged().isPresent() && token.text().startsWith("METADATA$");
            boolean unit = written.hasOperand() && parts.size() == 1 && Keywords.isUnit(token.text());
            boolean quote = token.kind() == Token.Kind.WORD && (metadata || quoted || unit);
            duck.append(quote ? Quoting.identifier(token.text()) : token.duck());
            if (!walk.isSymbol(".")) {
                return Optional.of(new Chain(parts, duck.toString(), plain));
            }
            walk.skip(1);
            duck.append('.');
            if (walk.isSymbol(".")) {
                parts.add("PUBLIC");
                duck.append("PUBLIC.");
                walk.skip(1);
            }
            if (walk.isSymbol("*")) {
                walk.skip(1);
                boolean own = parts.size() > 1
                        && scene.context()
                                .temporary(new ObjectName(List.copyOf(parts)))
                                .isPresent();
                written.keyword((own ? Quoting.identifier(parts.getLast()) + "." : duck) + "*");
                return Optional.empty();
            }
            if (walk.is(0, Token.Kind.DOLLAR)) {
                if (parts.size() == 1 && scene.staged().equals(Optional.of(parts.getFirst()))) {
                    written.operand(Quoting.identifier(walk.take().text()));
                    return Optional.empty();
                }
                throw SnowflakeError.unsupported("A column by its position behind a name");
            }
            if (!walk.isIdentifier()) {
                throw SnowflakeError.SYNTAX.with("syntax error: expected a name after '" + duck + "'.");
            }
        }
    }

    /// `WITH name AS (…)`, with the names of columns or without
    private boolean isCommonTable(Chain chain) {
        int as = walk.isRoundGroup(0) ? 1 : 0;
        return chain.isOne()
                && walk.isWord(as, "AS")
                && walk.nodes().subList(0, walk.position()).stream().anyMatch(node -> node.isWord("WITH"))
                && (walk.isRoundGroup(as + 1) || walk.isWord(as + 1, "MATERIALIZED"));
    }

    private Node commonTable() {
        int as = walk.isRoundGroup(0) ? 1 : 0;
        return walk.nodes().get(walk.position() + as + (walk.isRoundGroup(as + 1) ? 1 : 2));
    }

    /// The session's own table where a table is named, by the name that its columns are qualified with; or one of its
    /// columns, qualified with the table's schema, too.
    private Optional<String> temporary(ObjectName name) {
        boolean call = walk.isRoundGroup(0) && !written.last().equals("INTO");
        boolean common = name.parts().size() == 1 && scene.commonTables().has(name.last());
        if (call || common) {
            return Optional.empty();
        }
        if (!clauses.isTableNext() && !clauses.isTargetNext()) {
            return column(name);
        }
        Optional<String> duck = scene.context().temporary(name);
        if (duck.isEmpty() && name.parts().size() == 1 && scene.commonTables().isBeingDefined(name.last())) {
            duck = scene.context().qualified(name);
        }
        boolean named = walk.isAlias() || duck.isEmpty();
        return named ? duck : Optional.of(duck.get() + " AS " + Quoting.identifier(name.last()));
    }

    private Optional<String> column(ObjectName name) {
        if (name.parts().size() < 3) {
            return Optional.empty();
        }
        ObjectName table = new ObjectName(name.parts().subList(0, name.parts().size() - 1));
        String column = Quoting.identifier(table.last()) + "." + Quoting.identifier(name.last());
        return scene.context().temporary(table).map(duck -> column);
    }

    /// `sequence.NEXTVAL`
    private boolean isNextValue(Chain chain) {
        if (chain.isOne() || !chain.last().equals("NEXTVAL")) {
            return false;
        }
        ObjectName sequence =
                new ObjectName(chain.parts().subList(0, chain.parts().size() - 1));
        Optional<String> duck = scene.context().sequence(sequence);
        duck.ifPresent(name -> written.operand("nextval(" + Quoting.literal(name) + ")"));
        return duck.isPresent();
    }

    /// A column, or a function without brackets.
    private String value(Chain chain) {
        if (!chain.isOne() || !chain.plain() || written.hasOperand()) {
            return chain.duck();
        }
        if (Keywords.isNiladic(chain.last())) {
            Optional<Optional<String>> value = scene.context().value(chain.last(), List.of());
            if (value.isPresent()) {
                return Translator.constant(value.get());
            }
        }
        return Functions.isNiladic(chain.last())
                ? Functions.form(chain.last()).orElseThrow().apply(List.of())
                : chain.duck();
    }

    /// A name with brackets behind it: a call, or a table with columns.
    private void bracketed(Chain chain, ObjectName name) {
        boolean target =
                written.last().equals("INTO") && chain.isOne() && chain.last().equals("IDENTIFIER");
        if (isDefined() && !target) {
            Translator.refuseReserved(name);
            written.operand(chain.duck() + " (" + scene.inner(walk.brackets().orElseThrow()) + ")");
            return;
        }
        if (!chain.isOne() || !chain.plain()) {
            throw SnowflakeError.UNKNOWN_FUNCTION.with("Unknown function " + name + ".");
        }
        String function = chain.last();
        List<Node> inside = walk.brackets().orElseThrow();
        if (function.equals("TABLE")) {
            tables.table(inside);
        } else if (TableFunctions.isOne(function) && TABLE_FUNCTION_BEFORE.contains(written.last())) {
            tables.derived(TableFunctions.subquery(function, inside, scene::inner), function);
        } else if (function.equals("IDENTIFIER")) {
            written.operand(identifier(inside));
        } else {
            call(function, inside);
        }
    }

    /// Whether the name is being defined here: an alias, a common table expression or the table that is inserted into.
    private boolean isDefined() {
        boolean alias = written.hasOperand() || Set.of("AS", "INTO").contains(written.last());
        boolean common = walk.isWord(1, "AS") && (walk.isRoundGroup(2) || walk.isWord(2, "MATERIALIZED"));
        return alias || common;
    }

    private void call(String function, List<Node> inside) {
        List<Node> within = List.of();
        if (walk.isWord("WITHIN") && walk.isWord(1, "GROUP") && walk.isRoundGroup(2)) {
            walk.skip(2);
            within = walk.brackets().orElseThrow();
        }
        String call = new FunctionTranslator(scene).call(function, inside, within);
        if (!call.contains(FunctionTable.WINDOW)) {
            written.operand(call);
            return;
        }
        String nulls = walk.accept("IGNORE", "NULLS") ? " IGNORE NULLS" : "";
        String over = walk.accept("OVER") ? " OVER " + clauses.window(false) : "";
        if (!nulls.isEmpty()) {
            throw SnowflakeError.unsupported(function + " with IGNORE NULLS");
        }
        written.operand(call.replace(FunctionTable.WINDOW, over));
    }

    /// `IDENTIFIER('a.b')` and `IDENTIFIER($v)` are the name itself.
    private String identifier(List<Node> inside) {
        ObjectName name = identified(scene.context(), inside)
                .orElseThrow(
                        () -> SnowflakeError.unsupported("IDENTIFIER of anything but a string literal or a variable"));
        Translator.refuseReserved(name);
        return temporary(name).orElseGet(name::duck);
    }

    /// What IDENTIFIER names; empty where a literal or a variable that is known does not say it.
    static Optional<ObjectName> identified(Context context, List<Node> inside) {
        if (inside.size() != 1) {
            return Optional.empty();
        }
        Optional<String> text = Optional.empty();
        if (inside.getFirst().is(Token.Kind.STRING)) {
            text = Optional.of(inside.getFirst().text());
        } else if (inside.getFirst().is(Token.Kind.DOLLAR)) {
            text = context.variable(Token.fold(inside.getFirst().text().substring(1)))
                    .filter(Casts::isString)
                    .map(value -> FunctionTable.literal("IDENTIFIER", value));
        }
        return text.map(CommandParser::name);
    }

    /// Reads the parts of the name that begins here; returns what stands behind it.
    static int end(List<Node> nodes, int from, List<String> parts) {
        int at = from;
        while (at < nodes.size() && nodes.get(at).isIdentifier()) {
            parts.add(nodes.get(at).text());
            at++;
            if (at >= nodes.size() || !nodes.get(at).isSymbol(".")) {
                break;
            }
            at++;
        }
        return at;
    }
}
