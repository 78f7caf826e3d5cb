package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import dev.feedline.rows.batch.RowBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The row group being filled: rows come in, finished columns come out, and it begins anew.
final class RowGroupWriter implements Closeable {
    private final Codec codec;
    private final PageWriter pages;
    private final Footprint footprint = new Footprint();
    private final ColumnTree tree;
    private final Shredder[] columns;
    private long rows;

    /// What a row group is when it is finished; where it will lie in the file does not matter to
    /// it.
    record Finished(List<ColumnPages> columns, long rows) {}

    /// Some consecutive parts of a row group, and the dictionaries that they share.
    record Parts(List<Finished> parts, SharedDictionaries dictionaries) {}

    /// @throws IllegalArgumentException when the schema has no columns, or one that Parquet
    ///     cannot hold
    RowGroupWriter(Schema schema, ParquetOptions options) {
        this.codec = options.compression().open();
        this.pages = new PageWriter(codec);
        this.tree = new ColumnTree(schema, new ColumnFactory(pages, footprint, options.pageBytes(), options.numbers()));
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

    /// At most what it will take when it is finished, about.
    long partBytes() {
        return tree.leaves().stream().mapToLong(ColumnWriter::partBytes).sum();
    }

    /// Becomes a part of a larger row group: what is [#finish]ed then has no dictionaries of its own.
    void join(SharedDictionaries shared) {
        for (int i = 0; i < leaves(); i++) {
            tree.leaves().get(i).join(shared.ofColumns().get(i));
        }
    }

    /// Makes one row group of its parts.
    Finished whole(Parts of) throws IOException {
        var columns = new ArrayList<ColumnPages>();
        for (int i = 0; i < leaves(); i++) {
            columns.add(wholeColumn(of, i));
        }
        return new Finished(
                List.copyOf(columns),
                of.parts().stream().mapToLong(Finished::rows).sum());
    }

    private ColumnPages wholeColumn(Parts of, int column) throws IOException {
        var first = of.parts().get(0).columns().get(column);
        var dictionary = first.dictionary();
        var shared = of.dictionaries().ofColumns().get(column).values();
        if (shared.isPresent()) {
            dictionary = Optional.of(pages.dictionaryPage(first.leaf(), shared.get()));
        }
        var data = of.parts().stream()
                .flatMap(part -> part.columns().get(column).data().stream())
                .toList();
        return new ColumnPages(first.leaf(), dictionary, data);
    }

    Finished finish() throws IOException {
        var columns = new ArrayList<ColumnPages>();
        for (var column : tree.leaves()) {
            columns.add(column.finish());
        }
        var finished = new Finished(List.copyOf(columns), rows);
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
