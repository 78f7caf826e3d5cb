package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says one function call in DuckDB's words.
final class FunctionTranslator {
    private final Scene scene;

    FunctionTranslator(Scene scene) {
        this.scene = scene;
    }

    /// @param within what stood in WITHIN GROUP (…), or nothing
    /// @return with [FunctionTable#WINDOW] where its OVER (…) belongs, if that is not behind it
    String call(String function, List<Node> inside, List<Node> within) {
        if (!within.isEmpty()) {
            return ordered(function, inside, within);
        }
        return switch (function) {
            case "CAST" -> cast(inside, false);
            case "TRY_CAST" -> cast(inside, true);
            case "LISTAGG" -> listagg(inside, within);
            case "ARRAY_AGG" -> arrayAgg(inside, within);
            case "OBJECT_AGG" -> objectAgg(inside);
            case "EXTRACT" -> extract(inside);
            case "COUNT" -> count(inside);
            case "OBJECT_CONSTRUCT", "OBJECT_CONSTRUCT_KEEP_NULL" -> object(function, inside);
            case ZonedWords.WALL_CLOCK -> ZonedWords.wallClock(scene.each(Node.splitAtCommas(inside)));
            case ZonedWords.MOMENT -> ZonedWords.moment(scene.each(Node.splitAtCommas(inside)));
            case VariantChanges.VALUE -> Variants.value(scene.inner(inside));
            case VariantChanges.VARIANT -> Variants.required(scene.inner(inside));
            case VariantChoices.ALIKE -> VariantChoices.alike(scene.each(Node.splitAtCommas(inside)));
            case VariantQueries.KEY -> Variants.key(scene.inner(inside));
            case VariantQueries.CANONICAL -> Variants.canonical(scene.inner(inside));
            case VariantQueries.ALL_CANONICAL -> Names.CANONICAL + "(COLUMNS(" + scene.inner(inside) + "))";
            default -> VariantFunctions.call(scene, function, inside).orElseGet(() -> plain(function, inside));
        };
    }

    private String ordered(String function, List<Node> inside, List<Node> within) {
        return switch (function) {
            case "LISTAGG" -> listagg(inside, within);
            case "ARRAY_AGG" -> arrayAgg(inside, within);
            case "PERCENTILE_CONT", "PERCENTILE_DISC" -> {
                refuseVariant(function, within);
                yield function.toLowerCase(Locale.ROOT) + "(" + scene.inner(inside) + ") WITHIN GROUP ("
                        + scene.plain(within) + ")";
            }
            default -> throw SnowflakeError.unsupported("The function " + function + " with WITHIN GROUP");
        };
    }

    /// Of what is aggregated in an order that DuckDB takes for the values themselves.
    ///
    /// @param order `ORDER BY …`
    private void refuseVariant(String function, List<Node> order) {
        if (order.size() > 2
                && Node.splitAtCommas(order.subList(2, order.size())).stream()
                        .anyMatch(item -> scene.variants().present().mayBe(VariantQueries.sorted(item)))) {
            throw SnowflakeError.unsupported(
                    function + " WITHIN GROUP (ORDER BY …) of what may be a VARIANT (add ::type)");
        }
    }

    private String plain(String function, List<Node> inside) {
        Optional<String> session = session(function, inside);
        if (session.isPresent()) {
            return session.get();
        }
        Optional<String> week = WeekForms.call(scene, function, inside);
        if (week.isPresent()) {
            return week.get();
        }
        FunctionTable.Form form = Functions.form(function).orElseThrow(() -> KnownFunctions.refusal(function));
        return form.apply(scene.each(Node.splitAtCommas(inside)));
    }

    /// `EXTRACT(part FROM moment)`
    private String extract(List<Node> inside) {
        if (inside.size() < 3 || !inside.get(1).isWord("FROM")) {
            throw SnowflakeError.SYNTAX.with("syntax error: expected EXTRACT(part FROM expression).");
        }
        List<Node> parts = new ArrayList<>(inside);
        parts.set(1, Node.symbol(","));
        return plain("DATE_PART", parts);
    }

    /// Of several values with DISTINCT those with a NULL do not count.
    private String count(List<Node> inside) {
        boolean distinct = !inside.isEmpty() && inside.getFirst().isWord("DISTINCT");
        List<String> values = scene.each(Node.splitAtCommas(distinct ? inside.subList(1, inside.size()) : inside));
        if (values.stream()
                .anyMatch(value -> value.length() > 1 && value.contains("*") && value.matches(".*\\*( .*)?"))) {
            throw SnowflakeError.unsupported("COUNT of the columns of a table (COUNT(t.*))");
        }
        if (distinct && scene.variants().any()) {
            values = values.stream().map(this::canonical).toList();
        }
        if (values.size() == 1) {
            // A path's JSON null is none that counts.
            String value = values.getFirst();
            return "count(" + (distinct ? "DISTINCT " : "") + (Casts.isElement(value) ? Casts.asText(value) : value)
                    + ")";
        }
        if (values.isEmpty()) {
            throw SnowflakeError.SYNTAX.with("not enough arguments for function [COUNT()], expected 1, got 0");
        }
        String whole = values.stream().map(value -> value + " IS NOT NULL").collect(Collectors.joining(" AND "));
        return "count(" + (distinct ? "DISTINCT " : "") + "CASE WHEN " + whole + " THEN row("
                + String.join(", ", values) + ") END)";
    }

    /// JSON's null is none that counts.
    private String canonical(String value) {
        return value.equals("*")
                ? value
                : "(CASE WHEN typeof(" + value + ") <> 'JSON' OR CAST(" + value + " AS VARCHAR) <> 'null' THEN "
                        + Variants.canonical(value) + " END)";
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
        return scene.context().value(function, arguments).map(Translator::constant);
    }

    private String cast(List<Node> inside, boolean trying) {
        for (int i = 0; i < inside.size(); i++) {
            if (inside.get(i).isWord("AS")) {
                List<Node> value = inside.subList(0, i);
                boolean literal = value.size() == 1
                        && (value.getFirst().is(Token.Kind.STRING)
                                || value.getFirst().is(Token.Kind.NUMBER));
                SnowflakeType type = type(text(inside.subList(i + 1, inside.size())));
                String operand = scene.inner(value);
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
        String separator = arguments.size() == 2 ? scene.inner(arguments.get(1)) : "''";
        String order = within.isEmpty() ? "" : " " + order("LISTAGG", distinct, within);
        String value = scene.inner(arguments.getFirst());
        if (distinct && !within.isEmpty() && !isVariant(value)) {
            // They are texts only when they stand in the order of what they were before.
            return "coalesce(array_to_string(list_transform(list_filter(list(DISTINCT " + value + order + ")"
                    + FunctionTable.WINDOW + ", lambda one: one IS NOT NULL), lambda one: CAST(one AS VARCHAR)), "
                    + separator + "), '')";
        }
        // Snowflake gives an empty string where nothing is aggregated.
        return "coalesce(string_agg(" + (distinct ? "DISTINCT " : "")
                + text(distinct, value) + ", " + separator + order + ")"
                + FunctionTable.WINDOW + ", '')";
    }

    private String order(String function, boolean distinct, List<Node> within) {
        if (distinct) {
            refuseVariant(function + "(DISTINCT …)", within);
        }
        return distinct ? scene.plain(within) : scene.inner(within);
    }

    /// DuckDB orders distinct values by themselves only, as they stand in the statement.
    private static String text(boolean distinct, String value) {
        return distinct && !isVariant(value)
                ? "CAST(" + value + " AS VARCHAR)"
                : Casts.cast(value, SnowflakeType.VARCHAR, false);
    }

    private static boolean isVariant(String value) {
        return value.contains(" AS JSON)");
    }

    private String arrayAgg(List<Node> inside, List<Node> within) {
        boolean distinct = !inside.isEmpty() && inside.getFirst().isWord("DISTINCT");
        List<List<Node>> arguments = Node.splitAtCommas(distinct ? inside.subList(1, inside.size()) : inside);
        if (arguments.size() != 1) {
            throw SnowflakeError.SYNTAX.with("ARRAY_AGG takes one argument.");
        }
        String order = within.isEmpty() ? "" : " " + order("ARRAY_AGG", distinct, within);
        String value = scene.inner(arguments.getFirst());
        boolean variant = distinct && within.isEmpty() && scene.variants().mayBe(arguments.getFirst());
        return JsonForms.arrayAgg(distinct, variant ? Variants.canonical(value) : value, order);
    }

    /// Of `*`: each column by its name.
    private String object(String function, List<Node> inside) {
        if (inside.isEmpty() || !SelectLabels.isStar(inside)) {
            return plain(function, inside);
        }
        String columns = "COLUMNS(" + scene.inner(inside) + ")";
        return "CAST('{' || concat_ws(',', UNPACK(" + Names.PAIR + "(" + columns + ", alias(" + columns + "), "
                + function.endsWith("KEEP_NULL") + "))) || '}' AS JSON)";
    }

    private String objectAgg(List<Node> inside) {
        List<List<Node>> arguments = Node.splitAtCommas(inside);
        if (arguments.size() != 2) {
            throw SnowflakeError.SYNTAX.with("OBJECT_AGG takes a key and a value.");
        }
        return JsonForms.objectAgg(scene.inner(arguments.get(0)), scene.inner(arguments.get(1)));
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
