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
    private final Codec codec;
    private final Footprint footprint = new Footprint();
    private final ColumnTree tree;
    private final Shredder[] columns;
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private long rowsInGroup;
    private State state = State.OPEN;

    /// Begins a file.
    ///
    /// @throws IllegalArgumentException when the schema has no columns, or one that Parquet cannot hold
    public ParquetWriter(OutputStream out, Schema schema, ParquetOptions options) throws IOException {
        this.options = options;
        this.out = new FileOutput(out);
        this.codec = options.compression().open();
        this.tree = new ColumnTree(schema, new ColumnFactory(new PageWriter(codec), footprint, options.pageBytes()));
        this.columns = tree.columns().toArray(Shredder[]::new);
        this.out.write(FileOutput.MAGIC);
    }

    /// Adds a row: one value a column, in the schema's order, as `dev.feedline.rows.Type` describes them. The array
    /// may be used again.
    ///
    /// @throws IllegalArgumentException naming the column whose value does not fit its type
    public void write(@Nullable Object[] row) throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException("the Parquet file is " + state);
        }
        if (row.length != columns.length) {
            throw new IllegalArgumentException("a row of " + row.length + " values for " + columns.length + " columns");
        }
        state = State.FAILED;
        for (int i = 0; i < columns.length; i++) {
            columns[i].shred(row[i], 0, 0);
        }
        rowsInGroup++;
        if (footprint.bytes() >= options.rowGroupBytes()) {
            writeRowGroup();
        }
        state = State.OPEN;
    }

    /// Adds the rows of a batch of the same schema, and leaves the batch as it is.
    ///
    /// A row group ends with a batch: how rows are cut into batches is part of what decides the file's bytes.
    ///
    /// @throws IllegalArgumentException when its columns are others
    public void write(RowBatch batch) throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException("the Parquet file is " + state);
        }
        if (batch.leafCount() != tree.leaves().size()) {
            throw new IllegalArgumentException("a batch of " + batch.leafCount() + " leaves for "
                    + tree.leaves().size());
        }
        state = State.FAILED;
        for (int i = 0; i < batch.leafCount(); i++) {
            tree.leaves().get(i).addAll(batch.leaf(i), batch.data());
        }
        rowsInGroup += batch.rows();
        if (footprint.bytes() >= options.rowGroupBytes()) {
            writeRowGroup();
        }
        state = State.OPEN;
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
        try (codec) {
            if (whole) {
                finish();
            }
        }
    }

    private void finish() throws IOException {
        if (rowsInGroup > 0) {
            writeRowGroup();
        }
        var chunks =
                rowGroups.stream().flatMap(group -> group.columns().stream()).toList();
        var footer = new Footer(tree.elements(), rowGroups, PageIndex.write(chunks, out), options).bytes();
        out.write(footer);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .array());
        out.write(FileOutput.MAGIC);
        out.flush();
    }

    private void writeRowGroup() throws IOException {
        var chunks = new ArrayList<ColumnChunk>();
        for (var column : tree.leaves()) {
            chunks.add(ColumnChunk.write(column.finish(), out));
        }
        rowGroups.add(new RowGroup(List.copyOf(chunks), rowsInGroup));
        rowsInGroup = 0;
    }
}
