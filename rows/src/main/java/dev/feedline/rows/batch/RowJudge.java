package dev.feedline.rows.batch;

import dev.feedline.rows.CellForm;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;

/// Knows most good rows at a glance: those that a [BatchReader] reads straight into columns. Not
/// for two threads at once.
public final class RowJudge {
    private static final int BATCH_BYTES = 64 << 10;
    /// Nobody wants what it has read, and rows of many columns take much room.
    private static final int BATCH_ROWS = 64;

    private final RowBatch batch;
    private final BatchReader reader;

    public RowJudge(Schema schema, SchemaPolicy policy, RowLimits limits) {
        batch = new RowBatch(schema);
        reader = new BatchReader(schema, policy, limits, CellForm.JSON, batch, 0);
    }

    /// Whether the row is good, has no value that is rescued and no key that the schema lacks.
    /// When not, a [dev.feedline.rows.RowReader] has to say what it is.
    public boolean isPlain(byte[] row) {
        if (batch.bytes() > BATCH_BYTES || batch.rows() >= BATCH_ROWS) {
            batch.clear();
        }
        return reader.isPlain(row, 0, row.length);
    }
}
