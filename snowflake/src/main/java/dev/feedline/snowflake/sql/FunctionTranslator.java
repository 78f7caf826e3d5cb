package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Says one function call in DuckDB's words.
final class FunctionTranslator {
    private final Context context;
    private final Function<List<Node>, String> inner;

    FunctionTranslator(Context context, Function<List<Node>, String> inner) {
        this.context = context;
        this.inner = inner;
    }

    /// @param duck the name as DuckDB reads it
    /// @param within what stood in WITHIN GROUP (…), or nothing
    String call(ObjectName name, String duck, List<Node> inside, List<Node> within) {
        String function = name.last();
        if (name.parts().size() > 1) {
            if (name.parts().get(0).equals("SYSTEM$")) {
                throw SnowflakeError.unsupported("The function " + name);
            }
            // INSERT INTO a.b (c, d) and a table alias with columns look like calls.
            Translator.refuseReservedSchema(name);
            return duck + " (" + inner.apply(inside) + ")";
        }
        if (!within.isEmpty() && !function.equals("LISTAGG") && !function.equals("ARRAY_AGG")) {
            return duck + "(" + inner.apply(inside) + ") WITHIN GROUP (" + inner.apply(within) + ")";
        }
        return switch (function) {
            case "CAST" -> cast(inside, false);
            case "TRY_CAST" -> cast(inside, true);
            case "LISTAGG" -> listagg(inside, within);
            case "ARRAY_AGG" -> arrayAgg(inside, within);
            case "OBJECT_AGG" -> objectAgg(inside);
            default -> plain(function, duck, inside);
        };
    }

    private String plain(String function, String duck, List<Node> inside) {
        Optional<String> session = session(function, inside);
        if (session.isPresent()) {
            return session.get();
        }
        Functions.refuse(function);
        Optional<FunctionTable.Form> form = Functions.form(function);
        if (form.isEmpty()) {
            return duck + "(" + inner.apply(inside) + ")";
        }
        List<String> arguments = new ArrayList<>();
        for (List<Node> argument : Node.splitAtCommas(inside)) {
            arguments.add(inner.apply(argument));
        }
        return form.get().apply(arguments);
    }

    /// A function whose value the session knows, when its arguments are string literals.
    private Optional<String> session(String function, List<Node> inside) {
        List<String> arguments = new ArrayList<>();
        for (List<Node> argument : Node.splitAtCommas(inside)) {
            if (argument.size() != 1 || !argument.getFirst().is(Token.Kind.STRING)) {
                return Optional.empty();
            }
            arguments.add(((Node.Leaf) argument.getFirst()).token().text());
        }
        return context.value(function, arguments).map(Translator::constant);
    }

    private String cast(List<Node> inside, boolean trying) {
        for (int i = 0; i < inside.size(); i++) {
            if (inside.get(i).isWord("AS")) {
                List<Node> value = inside.subList(0, i);
                boolean literal = value.size() == 1
                        && (value.getFirst().is(Token.Kind.STRING)
                                || value.getFirst().is(Token.Kind.NUMBER));
                SnowflakeType type = type(text(inside.subList(i + 1, inside.size())));
                String operand = inner.apply(value);
                return trying
                        ? Casts.tryCast(operand, type)
                        : Casts.cast(literal ? operand : "(" + operand + ")", type, literal);
            }
        }
        throw SnowflakeError.SYNTAX.with("syntax error: expected CAST(value AS type).");
    }

    private String listagg(List<Node> inside, List<Node> within) {
        boolean distinct = !inside.isEmpty() && inside.getFirst().isWord("DISTINCT");
        List<List<Node>> arguments = Node.splitAtCommas(distinct ? inside.subList(1, inside.size()) : inside);
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw SnowflakeError.SYNTAX.with("LISTAGG takes one or two arguments.");
        }
        String separator = arguments.size() == 2 ? inner.apply(arguments.get(1)) : "''";
        String order = within.isEmpty() ? "" : " " + inner.apply(within);
        // Snowflake gives an empty string where nothing is aggregated.
        return "coalesce(string_agg(" + (distinct ? "DISTINCT " : "") + "CAST(" + inner.apply(arguments.getFirst())
                + " AS VARCHAR), " + separator + order + "), '')";
    }

    private String arrayAgg(List<Node> inside, List<Node> within) {
        boolean distinct = !inside.isEmpty() && inside.getFirst().isWord("DISTINCT");
        List<List<Node>> arguments = Node.splitAtCommas(distinct ? inside.subList(1, inside.size()) : inside);
        if (arguments.size() != 1) {
            throw SnowflakeError.SYNTAX.with("ARRAY_AGG takes one argument.");
        }
        String order = within.isEmpty() ? "" : " " + inner.apply(within);
        return JsonForms.arrayAgg(distinct, inner.apply(arguments.getFirst()), order);
    }

    private String objectAgg(List<Node> inside) {
        List<List<Node>> arguments = Node.splitAtCommas(inside);
        if (arguments.size() != 2) {
            throw SnowflakeError.SYNTAX.with("OBJECT_AGG takes a key and a value.");
        }
        return JsonForms.objectAgg(inner.apply(arguments.get(0)), inner.apply(arguments.get(1)));
    }

    static SnowflakeType type(String text) {
        Tokens tokens = new Tokens(text);
        SnowflakeType type = TypeParser.parse(tokens);
        tokens.end();
        return type;
    }

    private static String text(List<Node> nodes) {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            switch (node) {
                case Node.Leaf leaf -> text.append(leaf.token().text()).append(' ');
                case Node.Group group ->
                    text.append('(').append(text(group.inside())).append(')');
            }
        }
        return text.toString();
    }
}
