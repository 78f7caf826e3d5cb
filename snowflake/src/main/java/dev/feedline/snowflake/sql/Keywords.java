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
    private static final Set<String> CALLABLE = Set.of("LEFT", "RIGHT", "INSERT", "LIKE", "ILIKE");

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

    private static final List<String> INNER_STATEMENTS = List.of(
            "FROM",
            "PIVOT",
            "UNPIVOT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "TABLE",
            "SHOW",
            "DESCRIBE",
            "SUMMARIZE",
            "EXPLAIN",
            "CALL",
            "COPY",
            "CREATE",
            "DROP",
            "ALTER",
            "ATTACH",
            "PRAGMA");

    private static final Set<String> AFTER_TABLES = Set.of(
            "WHERE",
            "GROUP",
            "HAVING",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "SELECT",
            "SET",
            "ON",
            "WHEN",
            "VALUES");

    private static final Set<String> UNITS = Set.of(
            "YEAR",
            "YEARS",
            "QUARTER",
            "QUARTERS",
            "MONTH",
            "MONTHS",
            "WEEK",
            "WEEKS",
            "DAY",
            "DAYS",
            "HOUR",
            "HOURS",
            "MINUTE",
            "MINUTES",
            "SECOND",
            "SECONDS",
            "MILLISECOND",
            "MILLISECONDS",
            "MICROSECOND",
            "MICROSECONDS",
            "DECADE",
            "DECADES",
            "CENTURY",
            "CENTURIES",
            "MILLENNIUM",
            "MILLENNIA");

    private static final List<String> SAMPLINGS = List.of("BERNOULLI", "ROW", "SYSTEM", "BLOCK");

    private static final Set<String> SET_ENDS = Set.of("FROM", "WHERE", "WHEN");

    private Keywords() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    /// Whether the word that stands here must be quoted to be a name.
    static boolean needsQuotes(List<Node> nodes, int at) {
        return QUOTED_FOR_DUCKDB.contains(((Node.Leaf) nodes.get(at)).token().text())
                && nodes.get(at).is(Token.Kind.WORD)
                && !(at + 1 < nodes.size() && nodes.get(at + 1).isRoundGroup());
    }

    /// Aliases that DuckDB takes for the unit of an interval unless they are quoted.
    static boolean isUnit(String word) {
        return UNITS.contains(word);
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
            case "MATCH_RECOGNIZE", "CHANGES" -> bracket ? word : "";
            case "FILTER" -> bracket && startsWith(nodes.get(at + 1), "WHERE") ? "FILTER (WHERE …)" : "";
            case "SIMILAR" -> next(nodes, at, "TO") ? "SIMILAR TO" : "";
            case "COLLATE" -> bracket ? "" : "COLLATE";
            case "DISTINCT" -> next(nodes, at, "ON") ? "DISTINCT ON" : "";
            case "EXCEPT", "INTERSECT", "MINUS" -> next(nodes, at, "ALL") ? word + " ALL" : "";
            case "UNION" -> next(nodes, at, "BY") || nextButOne(nodes, at, "BY") ? "UNION BY NAME" : "";
            case "BY" -> next(nodes, at, "NAME") ? "BY NAME" : "";
            case "USING" -> next(nodes, at, "SAMPLE") ? "USING SAMPLE" : "";
            case "POSITIONAL" -> next(nodes, at, "JOIN") ? "POSITIONAL JOIN" : "";
            case "WINDOW" -> nextButOne(nodes, at, "AS") ? "The clause WINDOW" : "";
            case "AT" ->
                next(nodes, at, "TIME")
                        ? "AT TIME ZONE"
                        : bracket && timeTravel((Node.Group) nodes.get(at + 1)) ? word + "(…)" : "";
            case "BEFORE" -> bracket && timeTravel((Node.Group) nodes.get(at + 1)) ? word + "(…)" : "";
            case "ASOF" -> next(nodes, at, "JOIN") ? "ASOF JOIN" : "";
            default -> "";
        };
        if (!refused.isEmpty()) {
            throw SnowflakeError.unsupported(refused);
        }
    }

    /// Brackets that begin like this hold a statement of DuckDB's own.
    static void refuseBeginning(List<Node> nodes) {
        for (String word : INNER_STATEMENTS) {
            boolean goesOn = nodes.size() > 1
                    && nodes.get(1).isIdentifier()
                    && (!isReserved(((Node.Leaf) nodes.get(1)).token().text())
                            || nodes.get(1).isWord("INTO")
                            || nodes.get(1).isWord("FROM"));
            if (goesOn && nodes.getFirst().isWord(word)) {
                throw SnowflakeError.SYNTAX.with("syntax error unexpected '" + word + "'.");
            }
        }
    }

    /// A WITH is of a SELECT.
    static void refuseChanges(List<Node> nodes) {
        for (int i = 0; i + 1 < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean change =
                    node.isWord("INSERT") || node.isWord("UPDATE") || node.isWord("DELETE") || node.isWord("MERGE");
            if (change
                    && !nodes.get(i + 1).isRoundGroup()
                    && !(i > 0 && nodes.get(i - 1).isSymbol("."))) {
                throw SnowflakeError.SYNTAX.with(
                        "syntax error unexpected '" + ((Node.Leaf) node).token().text() + "'.");
            }
        }
    }

    /// DuckDB's clauses of a change that Snowflake has not.
    static void refuseReturning(List<Node> nodes) {
        for (int i = 1; i < nodes.size(); i++) {
            boolean returning = nodes.get(i).isWord("RETURNING")
                    && i + 1 < nodes.size()
                    && (nodes.get(i + 1).isIdentifier() || nodes.get(i + 1).isSymbol("*"));
            boolean conflict = nodes.get(i).isWord("ON") && next(nodes, i, "CONFLICT");
            boolean or = i == 1 && nodes.get(i).isWord("OR");
            if (returning || conflict || or) {
                throw SnowflakeError.SYNTAX.with("syntax error unexpected '"
                        + ((Node.Leaf) nodes.get(i)).token().text() + "'.");
            }
        }
    }

    /// Whether this word ends the list of tables.
    static boolean endsTables(String word) {
        return AFTER_TABLES.contains(word);
    }

    /// Whether a word stands here as itself: behind `.` or `:` it is a column's name or a path's key.
    static boolean stands(List<Node> nodes, int at, String word) {
        return nodes.get(at).isWord(word) && !isMember(nodes, at);
    }

    /// Whether one of these words stands here as itself; FROM behind DISTINCT does not, GROUP behind WITHIN does not.
    static boolean stands(List<Node> nodes, int at, Set<String> words) {
        return nodes.get(at).is(Token.Kind.WORD)
                && words.contains(nodes.get(at).text())
                && !isMember(nodes, at)
                && !isDistinctFrom(nodes, at)
                && !(nodes.get(at).isWord("GROUP")
                        && at > 0
                        && nodes.get(at - 1).isWord("WITHIN"));
    }

    static boolean isMember(List<Node> nodes, int at) {
        return at > 0 && (nodes.get(at - 1).isSymbol(".") || nodes.get(at - 1).isSymbol(":"));
    }

    /// 1 where a CASE begins, -1 at its END.
    static int opens(List<Node> nodes, int at) {
        return stands(nodes, at, "CASE") ? 1 : stands(nodes, at, "END") ? -1 : 0;
    }

    /// `a IS [NOT] DISTINCT FROM b`
    private static boolean isDistinctFrom(List<Node> nodes, int at) {
        return at > 1
                && nodes.get(at).isWord("FROM")
                && nodes.get(at - 1).isWord("DISTINCT")
                && (nodes.get(at - 2).isWord("IS") || nodes.get(at - 2).isWord("NOT"));
    }

    /// Where the list ends that SET begins: at FROM, WHERE or the WHEN of a MERGE, not at a CASE's.
    static int setEnd(List<Node> nodes, int from) {
        int cases = 0;
        int end = from;
        for (; end < nodes.size(); end++) {
            cases += opens(nodes, end);
            if (cases == 0 && stands(nodes, end, SET_ENDS)) {
                break;
            }
        }
        return end;
    }

    /// Whether the word ends SET's list, where it stands outside of a CASE.
    static boolean endsSetting(String word) {
        return SET_ENDS.contains(word);
    }

    /// Whether UNION or its like stands here as itself.
    static boolean joinsQueries(List<Node> nodes, int at) {
        return joinsQueries(nodes.get(at)) && !isMember(nodes, at);
    }

    static boolean joinsQueries(Node node) {
        return node.isWord("UNION") || node.isWord("INTERSECT") || node.isWord("EXCEPT") || node.isWord("MINUS");
    }

    /// `SAMPLE [method] (…)`
    static boolean isSampling(List<Node> nodes, int at) {
        boolean word = nodes.get(at).isWord("SAMPLE") || nodes.get(at).isWord("TABLESAMPLE");
        int i = at + 1;
        if (i < nodes.size() && SAMPLINGS.stream().anyMatch(nodes.get(i)::isWord)) {
            i++;
        }
        return word
                && i < nodes.size()
                && nodes.get(i).isRoundGroup()
                && at > 0
                && !nodes.get(at - 1).isSymbol(".");
    }

    private static boolean startsWith(Node node, String word) {
        return node instanceof Node.Group group
                && !group.inside().isEmpty()
                && group.inside().getFirst().isWord(word);
    }

    private static boolean nextButOne(List<Node> nodes, int at, String word) {
        return at + 2 < nodes.size() && nodes.get(at + 2).isWord(word);
    }

    private static boolean timeTravel(Node.Group group) {
        return group.inside().size() > 1 && group.inside().get(1).isSymbol("=>");
    }

    private static boolean next(List<Node> nodes, int at, String word) {
        return at + 1 < nodes.size() && nodes.get(at + 1).isWord(word);
    }
}
