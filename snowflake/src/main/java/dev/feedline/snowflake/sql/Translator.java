package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.List;
import java.util.Optional;

/// Says a Snowflake statement in DuckDB's words.
///
/// Conservative: it knows what it changes, lets through what both dialects mean alike, and refuses by
/// name what it recognises as Snowflake's and cannot say (`v:name` would otherwise be an alias to
/// DuckDB).
public final class Translator {
    private static final List<String> VOLATILE =
            List.of(Names.DIVISOR, "error(", "random(", "uuid(", "gen_random_uuid(", "nextval(");

    private final Context context;

    public Translator(Context context) {
        this.context = context;
    }

    /// A SELECT; its columns get the names Snowflake would give them.
    public String query(String sql) {
        List<Node> nodes = Node.tree(sql);
        return new SequenceTranslator(context, SelectLabels.labelled(sql, nodes)).translate();
    }

    /// INSERT, UPDATE, DELETE or MERGE.
    public String change(String sql) {
        return new SequenceTranslator(context, Node.tree(sql)).translate();
    }

    /// An expression, such as a DEFAULT.
    public String expression(String sql) {
        return new SequenceTranslator(context, Node.tree(sql)).translate();
    }

    /// An expression over the columns `$1`, … of staged files, which become `"$1"`, …
    ///
    /// @param alias of the stage, else empty
    public String staged(String sql, String alias) {
        return new SequenceTranslator(context, Node.tree(sql), Optional.of(alias)).translate();
    }

    /// Whether DuckDB's TRY takes the translated expression: it refuses what may fail or differ by itself.
    public static boolean isTryable(String expression) {
        return VOLATILE.stream().noneMatch(expression::contains);
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

    static void refuseReservedSchema(ObjectName name) {
        if (name.parts().size() > 1 && name.parts().stream().anyMatch("main"::equalsIgnoreCase)) {
            throw SnowflakeError.unsupported("A schema named MAIN");
        }
    }
}
