package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Says a Snowflake statement in DuckDB's words.
///
/// Conservative: it knows what it changes, lets through what both dialects mean alike, and refuses by
/// name what it recognises as Snowflake's and cannot say (`v:name` would otherwise be an alias to
/// DuckDB).
public final class Translator {
    private static final List<String> VOLATILE =
            List.of(Names.DIVISOR, Names.TYPED, "error(", "random(", "uuid(", "gen_random_uuid(", "nextval(");

    private static final Set<String> INNER_SCHEMAS = Set.of("MAIN", "PG_CATALOG", "SYSTEM", "TEMP", "MEMORY");

    private static final Pattern INNER_TABLES = Pattern.compile(
            "(?is)duckdb_(columns|constraints|databases|indexes|logs|schemas|tables|types|views)|pragma_database_list"
                    + "|sqlite_(temp_)?(master|schema)|pg_(am|attrdef|attribute|class|collation|constraint|database"
                    + "|depend|description|enum|index|indexes|namespace|prepared_statements|proc|sequence|sequences"
                    + "|settings|tables|tablespace|type|views)"
                    + "|.*[/\\\\*?].*|.*\\.(csv|tsv|txt|json|jsonl|ndjson|parquet|db|duckdb|arrow|avro|xlsx)(\\..*)?");

    private final Context context;

    public Translator(Context context) {
        this.context = context;
    }

    /// A SELECT; its columns get the names Snowflake would give them.
    public String query(String sql) {
        List<Node> nodes = Node.tree(sql);
        Keywords.refuseChanges(nodes);
        return translated(SelectLabels.labelled(sql, nodes), Optional.empty());
    }

    /// INSERT, UPDATE, DELETE or MERGE.
    public String change(String sql) {
        List<Node> nodes = Node.tree(sql);
        Keywords.refuseReturning(nodes);
        return translated(VariantChanges.rewritten(context, nodes), Optional.empty());
    }

    /// An expression, such as a DEFAULT.
    public String expression(String sql) {
        return translated(Node.tree(sql), Optional.empty());
    }

    /// An expression over the columns `$1`, … of staged files, which become `"$1"`, …
    ///
    /// @param alias of the stage, else empty
    public String staged(String sql, String alias) {
        return translated(Node.tree(sql), Optional.of(alias));
    }

    private String translated(List<Node> nodes, Optional<String> staged) {
        return new SequenceTranslator(Scene.of(context, nodes, staged)).translate();
    }

    /// Whether DuckDB's TRY takes the translated expression: it refuses what may fail or differ by itself.
    public static boolean isTryable(String expression) {
        return VOLATILE.stream().noneMatch(expression::contains);
    }

    /// A translated query whose columns are given to a table's of these types.
    public static String given(String query, List<ColumnDefinition> columns) {
        List<String> names = IntStream.rangeClosed(1, columns.size())
                .mapToObj(i -> Quoting.identifier("value" + i))
                .toList();
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).type().kind().semiStructured()
                        ? Variants.required(names.get(i))
                        : Variants.value(names.get(i)))
                .collect(Collectors.joining(", "));
        return "SELECT " + values + " FROM (" + query + ") AS inserted(" + String.join(", ", names) + ")";
    }

    /// A translated expression as a column's value.
    public static String assigned(String expression, SnowflakeType type) {
        return switch (type.kind()) {
            case BINARY -> expression;
            // The table's own check refuses what is too long; a cast would cut it.
            case VARCHAR -> Casts.cast(expression, SnowflakeType.VARCHAR, false);
            default -> Casts.cast(expression, type, false);
        };
    }

    /// The one string a session's function is, for `SELECT SYSTEM$…` without a table.
    static String constant(Optional<String> value) {
        return value.map(Quoting::literal).orElse("NULL::VARCHAR");
    }

    /// DuckDB's own catalogues and schemas are none of Snowflake's.
    static void refuseReserved(ObjectName name) {
        for (String part : name.parts().subList(0, name.parts().size() - 1)) {
            if (INNER_SCHEMAS.contains(Token.fold(part))) {
                throw SnowflakeError.unsupported("A schema or database named " + Token.fold(part));
            }
        }
    }

    /// DuckDB would find its own views, and read a file of that name.
    static void refuseInnerTable(String name) {
        if (INNER_TABLES.matcher(name).matches()) {
            throw SnowflakeError.TABLE_NOT_FOUND.with(
                    "Object '" + Token.fold(name) + "' does not exist or not authorized.");
        }
    }
}
