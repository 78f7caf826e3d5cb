package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import dev.feedline.rows.batch.RowBatch;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows to a Parquet file, from front to back.
///
/// Rows are held until their row group is as large as [ParquetOptions#rowGroupBytes] says, then written; that and the
/// page index, some hundred bytes a page, is all the memory it needs. The same rows, schema and options give the same
/// bytes. Not for use by several threads at once.
///
/// The stream belongs to the caller: [#close] writes the footer and flushes, and does not close it. After any
/// exception there will be no footer, so that half a file is never taken for a whole one.
public final class ParquetWriter implements Closeable {
    private enum State {
        OPEN,
        FAILED,
        CLOSED
    }

    private final ParquetOptions options;
    private final FileOutput out;
    private final RowGroupWriter group;
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private State state = State.OPEN;

    /// Begins a file.
    ///
    /// @throws IllegalArgumentException when the schema has no columns, or one that Parquet cannot hold
    public ParquetWriter(OutputStream out, Schema schema, ParquetOptions options) throws IOException {
        this.options = options;
        this.out = new FileOutput(out);
        this.group = new RowGroupWriter(schema, options);
        this.out.write(FileOutput.MAGIC);
    }

    /// Adds a row: one value a column, in the schema's order, as `dev.feedline.rows.Type` describes them. The array
    /// may be used again.
    ///
    /// @throws IllegalArgumentException naming the column whose value does not fit its type
    public void write(@Nullable Object[] row) throws IOException {
        requireOpen();
        if (row.length != group.columns()) {
            throw new IllegalArgumentException(
                    "a row of " + row.length + " values for " + group.columns() + " columns");
        }
        state = State.FAILED;
        group.write(row);
        endFullRowGroup();
        state = State.OPEN;
    }

    /// Adds the rows of a batch of the same schema, and leaves the batch as it is.
    ///
    /// A row group ends with a batch: how rows are cut into batches is part of what decides the file's bytes.
    ///
    /// @throws IllegalArgumentException when its columns are others
    public void write(RowBatch batch) throws IOException {
        requireOpen();
        if (batch.leafCount() != group.leaves()) {
            throw new IllegalArgumentException("a batch of " + batch.leafCount() + " leaves for " + group.leaves());
        }
        state = State.FAILED;
        group.write(batch, Math.min(1, (double) (group.bytes() + batch.bytes()) / options.rowGroupBytes()));
        endFullRowGroup();
        state = State.OPEN;
    }

    /// Adds a row group whose parts other threads have made, of the same schema and options.
    void write(RowGroupWriter.Parts parts) throws IOException {
        requireOpen();
        state = State.FAILED;
        append(group.whole(parts));
        state = State.OPEN;
    }

    int leaves() {
        return group.leaves();
    }

    /// Gives the file up: there will be no footer.
    public void abandon() {
        if (state == State.OPEN) {
            state = State.FAILED;
        }
    }

    /// Writes the last row group and the footer, unless the file has failed; a second call does nothing.
    @Override
    public void close() throws IOException {
        if (state == State.CLOSED) {
            return;
        }
        boolean whole = state == State.OPEN;
        state = State.CLOSED;
        try (group) {
            if (whole) {
                finish();
            }
        }
    }

    private void finish() throws IOException {
        if (group.rows() > 0) {
            append(group.finish());
        }
        var chunks =
                rowGroups.stream().flatMap(group -> group.columns().stream()).toList();
        var footer = new Footer(group.elements(), rowGroups, PageIndex.write(chunks, out), options).bytes();
        out.write(footer);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .array());
        out.write(FileOutput.MAGIC);
        out.flush();
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException("the Parquet file is " + state);
        }
    }

    private void endFullRowGroup() throws IOException {
        if (group.bytes() >= options.rowGroupBytes()) {
            append(group.finish());
        }
    }

    private void append(RowGroupWriter.Finished finished) throws IOException {
        var chunks = new ArrayList<ColumnChunk>();
        for (var pages : finished.columns()) {
            chunks.add(ColumnChunk.write(pages, out));
        }
        rowGroups.add(new RowGroup(List.copyOf(chunks), finished.rows()));
    }
}
