package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import dev.feedline.rows.batch.RowBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The row group being filled: rows come in, finished columns come out, and it begins anew.
final class RowGroupWriter implements Closeable {
    private final Codec codec;
    private final Footprint footprint = new Footprint();
    private final ColumnTree tree;
    private final Shredder[] columns;
    private long rows;

    /// What a row group is when it is finished; where it will lie in the file does not matter to
    /// it.
    record Finished(List<ColumnPages> columns, long rows) {}

    /// @throws IllegalArgumentException when the schema has no columns, or one that Parquet
    ///     cannot hold
    RowGroupWriter(Schema schema, ParquetOptions options) {
        this.codec = options.compression().open();
        this.tree = new ColumnTree(schema, new ColumnFactory(new PageWriter(codec), footprint, options.pageBytes()));
        this.columns = tree.columns().toArray(Shredder[]::new);
    }

    List<SchemaElement> elements() {
        return tree.elements();
    }

    int columns() {
        return columns.length;
    }

    int leaves() {
        return tree.leaves().size();
    }

    long rows() {
        return rows;
    }

    /// What it holds in memory.
    long bytes() {
        return footprint.bytes();
    }

    void write(@Nullable Object[] row) throws IOException {
        for (int i = 0; i < columns.length; i++) {
            columns[i].shred(row[i], 0, 0);
        }
        rows++;
    }

    /// @param share how much of the row group will be in with this batch, about, above 0 and at most 1
    void write(RowBatch batch, double share) throws IOException {
        footprint.share(share);
        for (int i = 0; i < batch.leafCount(); i++) {
            tree.leaves().get(i).addAll(batch.leaf(i), batch.data());
        }
        rows += batch.rows();
    }

    Finished finish() throws IOException {
        var pages = new ArrayList<ColumnPages>();
        for (var column : tree.leaves()) {
            pages.add(column.finish());
        }
        var finished = new Finished(List.copyOf(pages), rows);
        rows = 0;
        return finished;
    }

    /// Forgets what the row groups before have taught, between two of them: what the next one
    /// becomes depends on its rows alone.
    void forget() {
        tree.leaves().forEach(ColumnWriter::forget);
    }

    @Override
    public void close() throws IOException {
        codec.close();
    }
}
