package dev.feedline.parquet;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.CellForm;
import dev.feedline.rows.Flaw;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Verdict;
import dev.feedline.rows.batch.BatchReader;
import dev.feedline.rows.batch.LeafValues;
import dev.feedline.rows.batch.RowBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes row groups of blocks, one at a time.
final class BlockConverter implements Closeable {
    /// So many bytes of rows are written into columns at a time: what a processor's cache holds.
    private static final int FLUSHED_BYTES = 512 << 10;

    private static final double LEAST_SHARE = 1e-6;

    /// More blocks are not counted on, when it is estimated how often a value will come.
    private static final int MOST_BLOCKS_EXPECTED = 8;

    private final ConversionSettings settings;
    private final RowBatch batch;
    private final BatchReader reader;
    private final @Nullable LeafValues rescued;
    private final RowGroupWriter group;
    private final RowGroupPlan plan;
    private final LineWindow window = new LineWindow(FLUSHED_BYTES);
    /// How many bytes of unusual rows are kept of a block.
    private final int mostUnusualBytes;
    private List<BadRow> bad = new ArrayList<>();
    private UnusualRows.OfBlock unusual = UnusualRows.OfBlock.NONE;
    private long rows;
    private long lines;
    private long bytesIn;
    private long blockBytes;

    /// A block's good rows as a part of a row group, and its bad ones.
    ///
    /// @param rows good and bad
    /// @param lines how many lines the block has; the bad rows count rows and lines from its
    ///     start, unless it was cut into rows before
    record Converted(
            RowBlock block,
            RowGroupWriter.Finished group,
            RowGroupPlan.Part part,
            List<BadRow> bad,
            UnusualRows.OfBlock unusual,
            long rows,
            long lines) {}

    /// @param mostUnusualBytes of rows that are not plain are kept of a block
    BlockConverter(ConversionSettings settings, RowGroupPlan plan, int mostUnusualBytes) {
        this.plan = plan;
        this.mostUnusualBytes = mostUnusualBytes;
        this.settings = settings;
        Schema columns = settings.columns();
        this.batch = new RowBatch(columns);
        this.reader = new BatchReader(settings.schema(), settings.policy(), settings.limits(), CellForm.JSON, batch, 0);
        this.rescued = settings.rescues() ? batch.leaf(batch.leafCount() - 1) : null;
        this.group = new RowGroupWriter(columns, settings.options());
    }

    /// @param number of the block, counted from 0
    Converted convert(RowBlock block, long number) throws IOException, InterruptedException {
        bad = new ArrayList<>();
        unusual = new UnusualRows.OfBlock(mostUnusualBytes);
        rows = 0;
        lines = 0;
        bytesIn = 0;
        blockBytes = block.bytes;
        if (block.isOfFile()) {
            window.begin(block);
            while (window.next()) {
                convertLines(window.data(), window.size(), block.offset, window.from());
            }
        } else if (block.rows == null) {
            convertLines(block.data, block.size, block.offset, 0);
        } else {
            for (RawRow row : block.rows) {
                add(row);
            }
            flush();
        }
        RowGroupPlan.Part part = plan.join(number, group);
        RowGroupWriter.Finished finished = group.finish();
        group.forget();
        return new Converted(block, finished, part, bad, unusual, rows, lines);
    }

    /// Converts the lines of `data[0, size)`.
    ///
    /// @param offset of the block in the input
    /// @param before how many bytes of the block are before
    private void convertLines(byte[] data, int size, long offset, int before) throws IOException {
        batch.lieOver(data, size + RowBlock.BYTES_AT_END);
        int from = 0;
        int flushed = 0;
        while (from < size) {
            int end = reader.addLine(from, size);
            lines++;
            if (end >= 0) {
                rows++;
                endRow();
            } else {
                end = LineEnds.next(data, from, size);
                int to = end > from && data[end - 1] == '\r' && end < size ? end - 1 : end;
                if (!isBlank(data, from, to)) {
                    addLine(data, from, to, offset + before + from);
                }
            }
            from = end + 1;
            bytesIn = before + from;
            if (from - flushed >= FLUSHED_BYTES) {
                flush();
                flushed = from;
            }
        }
        flush();
        batch.leave();
    }

    private void addLine(byte[] data, int from, int to, long offset) throws IOException {
        rows++;
        if (to - from > settings.limits().maxSourceBytes()) {
            bad.add(tooLong(rawRow(data, from, to, offset, true)));
            return;
        }
        unusual.keep(data, from, to);
        Verdict.Bad verdict = reader.judge(data, from, to);
        if (verdict == null) {
            endRow();
        } else {
            bad.add(BadRow.of(rawRow(data, from, to, offset, false), verdict, settings.limits()));
        }
    }

    private RawRow rawRow(byte[] data, int from, int to, long offset, boolean tooLong) {
        int kept = Math.min(to, from + settings.limits().maxSourceBytes());
        return new RawRow(rows, lines, offset, Arrays.copyOfRange(data, from, kept), tooLong);
    }

    private void add(RawRow row) throws IOException {
        rows++;
        bytesIn += row.bytes().length + 1;
        Flaw flaw = row.flaw();
        if (flaw != null) {
            bad.add(BadRow.of(row, flaw.code(), flaw.detail(), settings.limits()));
        } else if (row.tooLong()) {
            bad.add(tooLong(row));
        } else {
            Verdict.Bad verdict = reader.add(row.bytes(), 0, row.bytes().length);
            if (!reader.wasPlain()) {
                unusual.keep(row.bytes(), 0, row.bytes().length);
            }
            if (verdict == null) {
                endRow();
            } else {
                bad.add(BadRow.of(row, verdict, settings.limits()));
            }
        }
    }

    private BadRow tooLong(RawRow row) {
        String most = "the row has more than " + settings.limits().maxSourceBytes() + " bytes";
        return BadRow.of(row, BadRowCode.ROW_TOO_LONG, most, settings.limits());
    }

    private void endRow() throws IOException {
        if (rescued != null) {
            batch.addText(rescued, reader.rescued());
        }
        if (batch.isFull()) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (batch.rows() == 0) {
            return;
        }
        group.write(batch, Math.min(1, Math.max(LEAST_SHARE, bytesIn / expectedBytesOfGroup())));
        batch.clear();
    }

    /// How many bytes of rows like these will be in a row group.
    private double expectedBytesOfGroup() {
        double enough = (double) settings.rowsOfGroup() * bytesIn / Math.max(1, rows);
        return Math.max((double) blockBytes, Math.min(enough, (double) MOST_BLOCKS_EXPECTED * settings.blockBytes()));
    }

    private static boolean isBlank(byte[] data, int from, int to) {
        int at = from;
        while (at < to && (data[at] == ' ' || data[at] == '\t' || data[at] == '\r')) {
            at++;
        }
        return at == to;
    }

    @Override
    public void close() throws IOException {
        group.close();
    }
}
