package dev.feedline.parquet;

import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.batch.QuickInference;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// Infers the columns of all rows of JSON inputs, in the memory of one block.
public final class JsonColumns {
    /// Unless a row may be longer.
    private static final int BLOCK_BYTES = 4 << 20;

    private final int blockBytes;
    private final RowLimits limits;
    private final QuickInference rows;
    private final BlockBuffers buffers;

    /// @param exactly whether every row is looked at closely, which takes several times as long and is only
    ///     needed when columns inferred without it were not sure
    public JsonColumns(RowLimits limits, boolean exactly) {
        this(limits, exactly, BLOCK_BYTES);
    }

    JsonColumns(RowLimits limits, boolean exactly, int blockBytes) {
        this.limits = limits;
        this.rows = new QuickInference(limits, exactly);
        this.blockBytes = Math.max(blockBytes, limits.maxRowBytes() + 1);
        this.buffers = new BlockBuffers(blockBytes);
    }

    /// Takes the rows at an input's beginning, decompressed, about [#BLOCK_BYTES] of them.
    void addBeginning(InputStream in, Reading reading) throws IOException {
        RowBlock block = blocks(in, reading).next();
        if (block != null) {
            add(block);
            buffers.giveBack(block.data);
        }
    }

    /// Takes a row that may add something.
    void look(byte[] row) {
        rows.look(row);
    }

    /// From now on rows that the columns of [#columns] take, and that are written as most rows are, are not added.
    void passOver() {
        rows.passOver();
    }

    /// Takes the rows of an input, decompressed; those that are bad in any schema add nothing.
    ///
    /// @param progress hears how many rows it were, about, from time to time
    public void add(InputStream in, Reading reading, LongConsumer progress) throws IOException {
        BlockSource blocks = blocks(in, reading);
        long count = 0;
        for (RowBlock block = blocks.next(); block != null; block = blocks.next()) {
            count += add(block);
            progress.accept(count);
            buffers.giveBack(block.data);
        }
    }

    /// Whether the columns are what closest inspection would find.
    public boolean areSure() {
        return rows.isSure();
    }

    /// The columns, none of which is declared.
    public Schema columns() {
        return columns(Schema.EMPTY);
    }

    /// The existing columns, and behind them those that are new, see [Inference#merge].
    public Schema columns(Schema existing) {
        return rows.merge(existing, SchemaPolicy.OnNewColumn.ADD);
    }

    private BlockSource blocks(InputStream in, Reading reading) throws IOException {
        boolean isLines = reading.kind() == Reading.Kind.JSON_LINES && reading.encoding() == TextEncoding.UTF_8;
        return isLines
                ? new LineBlocks(0, in, buffers)
                : new SplitBlocks(0, reading.split(in, limits.maxSourceBytes(), Position.START), blockBytes);
    }

    private long add(RowBlock block) {
        return block.rows == null ? addLines(block) : addRows(block.rows);
    }

    private long addRows(RawRow[] cut) {
        for (RawRow row : cut) {
            if (!row.tooLong() && row.flaw() == null) {
                rows.add(row.bytes());
            }
        }
        return cut.length;
    }

    private long addLines(RowBlock block) {
        rows.lieOver(block.data, block.size + RowBlock.BYTES_AT_END);
        long count = 0;
        for (int from = 0; from < block.size; count++) {
            int end = rows.addLine(from, block.size);
            if (end < 0) {
                end = LineEnds.next(block.data, from, block.size);
                rows.look(Arrays.copyOfRange(block.data, from, end));
            }
            from = end + 1;
        }
        return count;
    }
}
