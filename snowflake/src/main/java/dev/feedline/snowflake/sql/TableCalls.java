package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// `TABLE(…)` behind FROM: a table function of the dialect, of INFORMATION_SCHEMA or of the session.
final class TableCalls {
    private final Scene scene;
    private final Walk walk;
    private final Written written;
    private final Function<ObjectName, Optional<String>> temporary;

    /// @param temporary the session's own table of a name, written as DuckDB's
    TableCalls(Scene scene, Function<ObjectName, Optional<String>> temporary) {
        this.temporary = temporary;
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
    }

    /// @param inside what the brackets of TABLE hold
    void table(List<Node> inside) {
        if (inside.size() == 1 && inside.getFirst().is(Token.Kind.STRING)) {
            ObjectName name =
                    CommandParser.name(((Node.Leaf) inside.getFirst()).token().text());
            Translator.refuseReserved(name);
            written.operand(temporary.apply(name).orElseGet(name::duck));
            return;
        }
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
        if (parts.isEmpty() || i != inside.size() - 1 || !(inside.get(i) instanceof Node.Group group)) {
            throw SnowflakeError.unsupported("TABLE(…) of anything but a table function or a name in a string");
        }
        if (parts.size() == 1 && TableFunctions.isOne(parts.getFirst())) {
            written.keyword("LATERAL");
            derived(TableFunctions.subquery(parts.getFirst(), group.inside(), scene::inner), parts.getFirst());
            return;
        }
        ObjectName name = new ObjectName(parts);
        derived(
                scene.context()
                        .tableFunction(name, arguments(group.inside()))
                        .orElseThrow(() -> SnowflakeError.unsupported("The table function " + name)),
                name.last());
    }

    private Map<String, String> arguments(List<Node> inside) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (List<Node> argument : Node.splitAtCommas(inside)) {
            if (argument.size() < 3
                    || !argument.getFirst().isIdentifier()
                    || !argument.get(1).isSymbol("=>")) {
                throw SnowflakeError.unsupported("A table function's argument without a name");
            }
            arguments.put(
                    ((Node.Leaf) argument.getFirst()).token().text(),
                    scene.inner(argument.subList(2, argument.size())));
        }
        return arguments;
    }

    /// A subquery, with a name where the statement gives it none.
    void derived(String subquery, String name) {
        written.operand("(" + subquery + ")");
        if (!walk.isAlias()) {
            written.keyword("AS " + Quoting.identifier(name));
        }
    }
}
