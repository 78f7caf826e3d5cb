package dev.feedline.parquet;

import dev.feedline.rows.Column;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.util.ArrayList;
import java.util.List;

/// How JSON becomes Parquet.
///
/// @param schema the columns; where the policy rescues anything, the file has one more,
///     `_RESCUED`: the JSON of what fits no column
/// @param options of which `rowGroupBytes` is what the parts of a row group may take, with their dictionaries
/// @param blockBytes how much JSON a thread converts at a time, about
/// @param rowsOfGroup a row group ends with the block that brings it to so many rows
/// @param threads how many blocks are converted at once
public record ConversionSettings(
        Schema schema,
        SchemaPolicy policy,
        RowLimits limits,
        ParquetOptions options,
        int blockBytes,
        long rowsOfGroup,
        int threads) {
    public static final String RESCUED = "_RESCUED";
    public static final int DEFAULT_BLOCK_BYTES = 32 << 20;

    /// As many as DuckDB's have.
    public static final long DEFAULT_ROWS_OF_GROUP = 122_880;

    /// With [#DEFAULT_ROWS_OF_GROUP].
    public ConversionSettings(
            Schema schema, SchemaPolicy policy, RowLimits limits, ParquetOptions options, int blockBytes, int threads) {
        this(schema, policy, limits, options, blockBytes, DEFAULT_ROWS_OF_GROUP, threads);
    }

    public ConversionSettings {
        if (blockBytes <= limits.maxRowBytes()) {
            throw new IllegalArgumentException("a block of " + blockBytes + " bytes does not hold every row");
        }
        if (rowsOfGroup < 1) {
            throw new IllegalArgumentException("at least one row in a row group, not " + rowsOfGroup);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread, not " + threads);
        }
        boolean hasOwn =
                schema.columns().stream().anyMatch(column -> column.name().equals(RESCUED));
        if (hasOwn && rescues(policy)) {
            throw new IllegalArgumentException("a column is called " + RESCUED + ", as the one for what fits none is");
        }
    }

    /// The file's columns.
    public Schema columns() {
        if (!rescues()) {
            return schema;
        }
        List<Column> columns = new ArrayList<>(schema.columns());
        columns.add(new Column(RESCUED, new Type.Text()));
        return new Schema(columns);
    }

    /// Whether the file has `_RESCUED`.
    boolean rescues() {
        return rescues(policy);
    }

    private static boolean rescues(SchemaPolicy policy) {
        return policy.onNewColumn() != SchemaPolicy.OnNewColumn.FREEZE
                || policy.onMismatch() == SchemaPolicy.OnMismatch.RESCUE;
    }
}
