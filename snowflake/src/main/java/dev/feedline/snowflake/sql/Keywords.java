package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Set;

/// Words with a meaning of their own in a query.
final class Keywords {
    private static final Set<String> RESERVED = Set.of(
            "ALL",
            "AND",
            "ANY",
            "AS",
            "ASC",
            "BETWEEN",
            "BY",
            "CASE",
            "CROSS",
            "DELETE",
            "DESC",
            "DISTINCT",
            "ELSE",
            "END",
            "ESCAPE",
            "EXCEPT",
            "EXISTS",
            "FALSE",
            "FETCH",
            "FROM",
            "FULL",
            "GROUP",
            "HAVING",
            "ILIKE",
            "IN",
            "INNER",
            "INSERT",
            "INTERSECT",
            "INTERVAL",
            "INTO",
            "IS",
            "JOIN",
            "LATERAL",
            "LEFT",
            "LIKE",
            "LIMIT",
            "MATCHED",
            "MERGE",
            "MINUS",
            "NATURAL",
            "NOT",
            "NULL",
            "OFFSET",
            "ON",
            "OR",
            "ORDER",
            "OUTER",
            "OVER",
            "PARTITION",
            "QUALIFY",
            "RECURSIVE",
            "RIGHT",
            "ROWS",
            "SELECT",
            "SET",
            "SOME",
            "THEN",
            "TRUE",
            "UNBOUNDED",
            "UNION",
            "UPDATE",
            "USING",
            "VALUES",
            "WHEN",
            "WHERE",
            "WITH");

    /// Reserved words that are functions when a bracket follows.
    private static final Set<String> CALLABLE = Set.of("LEFT", "RIGHT", "INSERT");

    private static final Set<String> AFTER_ORDERING =
            Set.of("LIMIT", "OFFSET", "FETCH", "UNION", "EXCEPT", "INTERSECT", "ROWS", "RANGE");

    /// Functions that may be called without brackets.
    private static final Set<String> NILADIC =
            Set.of("CURRENT_USER", "CURRENT_ROLE", "CURRENT_DATABASE", "CURRENT_SCHEMA", "CURRENT_WAREHOUSE");

    /// Names in Snowflake that DuckDB would read as its own words.
    private static final Set<String> QUOTED_FOR_DUCKDB = Set.of(
            "ANALYSE",
            "ANALYZE",
            "ANTI",
            "ARRAY",
            "ASYMMETRIC",
            "AT",
            "AUTHORIZATION",
            "BINARY",
            "COLLATION",
            "COLUMNS",
            "CONCURRENTLY",
            "DEFERRABLE",
            "DESCRIBE",
            "DO",
            "FOREIGN",
            "FREEZE",
            "GENERATED",
            "GLOB",
            "INITIALLY",
            "ISNULL",
            "LAMBDA",
            "MAP",
            "NOTNULL",
            "OVERLAPS",
            "PLACING",
            "POSITIONAL",
            "PRIMARY",
            "SEMI",
            "SHOW",
            "STRUCT",
            "SUMMARIZE",
            "SYMMETRIC",
            "TUPLE",
            "UNPACK",
            "VARIADIC",
            "VERBOSE");

    private Keywords() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    /// Whether the word that stands here must be quoted to be a name.
    static boolean needsQuotes(List<Node> nodes, int at) {
        return QUOTED_FOR_DUCKDB.contains(((Node.Leaf) nodes.get(at)).token().text())
                && !(at + 1 < nodes.size() && nodes.get(at + 1).isRoundGroup())
                && !next(nodes, at, "TIME")
                && !next(nodes, at, "JOIN");
    }

    static boolean isCallable(String word) {
        return CALLABLE.contains(word);
    }

    static boolean endsOrdering(String word) {
        return AFTER_ORDERING.contains(word);
    }

    static boolean isNiladic(String word) {
        return NILADIC.contains(word);
    }

    /// Refuses what is Snowflake's own syntax and not translated.
    static void refuse(List<Node> nodes, int at) {
        String word = ((Node.Leaf) nodes.get(at)).token().text();
        boolean bracket = at + 1 < nodes.size() && nodes.get(at + 1).isRoundGroup();
        boolean afterDot = at > 0 && nodes.get(at - 1).isSymbol(".");
        if (afterDot) {
            return;
        }
        String refused = switch (word) {
            case "CONNECT" -> next(nodes, at, "BY") ? "CONNECT BY" : "";
            case "START" -> next(nodes, at, "WITH") ? "START WITH" : "";
            case "TOP" -> at > 0 && nodes.get(at - 1).isWord("SELECT") ? "TOP" : "";
            case "MATCH_RECOGNIZE", "PIVOT", "UNPIVOT", "SAMPLE", "TABLESAMPLE", "CHANGES" -> bracket ? word : "";
            case "AT", "BEFORE" -> bracket && timeTravel((Node.Group) nodes.get(at + 1)) ? word + "(…)" : "";
            case "ASOF" -> next(nodes, at, "JOIN") ? "ASOF JOIN" : "";
            case "RLIKE", "REGEXP" -> bracket ? "" : word;
            case "LIKE", "ILIKE" -> next(nodes, at, "ANY") || next(nodes, at, "ALL") ? word + " ANY" : "";
            default -> "";
        };
        if (!refused.isEmpty()) {
            throw SnowflakeError.unsupported(refused);
        }
    }

    private static boolean timeTravel(Node.Group group) {
        return group.inside().size() > 1 && group.inside().get(1).isSymbol("=>");
    }

    private static boolean next(List<Node> nodes, int at, String word) {
        return at + 1 < nodes.size() && nodes.get(at + 1).isWord(word);
    }
}
