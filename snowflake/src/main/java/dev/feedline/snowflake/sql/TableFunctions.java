package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// FLATTEN, SPLIT_TO_TABLE and GENERATOR as subqueries of DuckDB, without their brackets.
final class TableFunctions {
    private static final Set<String> FLATTEN_ARGUMENTS = Set.of("INPUT", "PATH", "OUTER", "RECURSIVE", "MODE");
    private static final String ROWS = "'[{\"SEQ\":\"BIGINT\",\"KEY\":\"VARCHAR\",\"PATH\":\"VARCHAR\","
            + "\"INDEX\":\"BIGINT\",\"VALUE\":\"VARCHAR\",\"THIS\":\"VARCHAR\"}]'";

    private TableFunctions() {}

    static boolean isOne(String name) {
        return Set.of("FLATTEN", "SPLIT_TO_TABLE", "GENERATOR").contains(name);
    }

    /// @param inner translates an argument
    static String subquery(String name, List<Node> inside, Function<List<Node>, String> inner) {
        return switch (name) {
            case "FLATTEN" -> flatten(named(name, inside, inner, "INPUT"));
            case "SPLIT_TO_TABLE" -> split(inside, inner);
            default -> generator(named(name, inside, inner, "ROWCOUNT"));
        };
    }

    private static String flatten(Map<String, String> arguments) {
        arguments.keySet().stream()
                .filter(name -> !FLATTEN_ARGUMENTS.contains(name))
                .forEach(name -> {
                    throw SnowflakeError.INVALID_VALUE.with("FLATTEN has no argument " + name + ".");
                });
        String input = Optional.ofNullable(arguments.get("INPUT"))
                .orElseThrow(() -> SnowflakeError.INVALID_VALUE.with("FLATTEN needs INPUT."));
        String path = arguments.containsKey("PATH")
                ? JsonForms.path(FunctionTable.literal("FLATTEN", arguments.get("PATH")))
                : "$";
        String options = (isTrue(arguments, "OUTER") ? "OUTER " : "")
                + (isTrue(arguments, "RECURSIVE") ? "RECURSIVE " : "")
                + mode(arguments);
        String text = "coalesce(CAST(" + input + " AS VARCHAR), 'null')";
        return "SELECT f.SEQ AS SEQ, f.KEY AS KEY, f.PATH AS PATH, f.INDEX AS INDEX, CAST(f.VALUE AS JSON) AS VALUE,"
                + " CAST(f.THIS AS JSON) AS THIS FROM (SELECT unnest(from_json(" + Names.FLATTEN + "(" + text + ", "
                + Quoting.literal(path) + ", " + Quoting.literal(options) + "), " + ROWS + ")) AS f)";
    }

    private static String mode(Map<String, String> arguments) {
        String mode = arguments.getOrDefault("MODE", "'BOTH'").replace("'", "").toUpperCase(java.util.Locale.ROOT);
        if (!Set.of("BOTH", "ARRAY", "OBJECT").contains(mode)) {
            throw SnowflakeError.INVALID_VALUE.with("FLATTEN's MODE is 'ARRAY', 'OBJECT' or 'BOTH', not " + mode + ".");
        }
        return mode;
    }

    private static boolean isTrue(Map<String, String> arguments, String name) {
        String value = arguments.getOrDefault(name, "FALSE");
        if (!value.equals("TRUE") && !value.equals("FALSE")) {
            throw SnowflakeError.unsupported("FLATTEN with " + name + " that is not TRUE or FALSE");
        }
        return value.equals("TRUE");
    }

    private static String split(List<Node> inside, Function<List<Node>, String> inner) {
        List<List<Node>> arguments = Node.splitAtCommas(inside);
        if (arguments.size() != 2) {
            throw SnowflakeError.SYNTAX.with("SPLIT_TO_TABLE takes a text and a separator.");
        }
        String parts = "string_split(" + inner.apply(arguments.get(0)) + ", " + inner.apply(arguments.get(1)) + ")";
        return "SELECT CAST(1 AS BIGINT) AS SEQ, generate_subscripts(" + parts + ", 1) AS INDEX, unnest(" + parts
                + ") AS VALUE";
    }

    private static String generator(Map<String, String> arguments) {
        String rows = arguments.get("ROWCOUNT");
        if (rows == null || arguments.size() != 1) {
            throw SnowflakeError.unsupported("GENERATOR without ROWCOUNT, or with TIMELIMIT");
        }
        return "SELECT 1 AS ROW_OF_GENERATOR FROM range(CAST(" + rows + " AS BIGINT))";
    }

    /// `NAME => value, …`; a single value without a name is the first.
    private static Map<String, String> named(
            String function, List<Node> inside, Function<List<Node>, String> inner, String first) {
        Map<String, String> arguments = new LinkedHashMap<>();
        List<List<Node>> parts = new ArrayList<>(Node.splitAtCommas(inside));
        for (List<Node> part : parts) {
            boolean named = part.size() > 2
                    && part.getFirst().isIdentifier()
                    && part.get(1).isSymbol("=>");
            if (named) {
                String name = ((Node.Leaf) part.getFirst()).token().text();
                arguments.put(name, inner.apply(part.subList(2, part.size())));
            } else if (parts.size() == 1) {
                arguments.put(first, inner.apply(part));
            } else {
                throw SnowflakeError.unsupported(function + " with several arguments without names");
            }
        }
        return arguments;
    }
}
