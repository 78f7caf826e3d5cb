package dev.feedline.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The page index: what is in each page and where it lies, for readers that want only some of them.
///
/// It lies between the last row group and the footer: first all column indexes, then all offset indexes.
/// Source: PageIndex.md of the Parquet format.
final class PageIndex {
    private static final int UNORDERED = 0;
    private static final int ASCENDING = 1;
    private static final int DESCENDING = 2;

    /// Where an index lies in the file.
    record Place(long offset, int length) {}

    private final List<Optional<Place>> columnIndexes = new ArrayList<>();
    private final List<Place> offsetIndexes = new ArrayList<>();

    private PageIndex() {}

    static PageIndex write(List<ColumnChunk> chunks, FileOutput out) throws IOException {
        var index = new PageIndex();
        for (var chunk : chunks) {
            // Where a NaN leaves a page without bounds, the column has no index.
            boolean bounded = chunk.bounds().kind() != Bounds.Kind.UNKNOWN;
            index.columnIndexes.add(bounded ? Optional.of(place(columnIndex(chunk), out)) : Optional.empty());
        }
        for (var chunk : chunks) {
            index.offsetIndexes.add(place(offsetIndex(chunk), out));
        }
        return index;
    }

    Optional<Place> columnIndex(int chunk) {
        return columnIndexes.get(chunk);
    }

    Place offsetIndex(int chunk) {
        return offsetIndexes.get(chunk);
    }

    private static Place place(byte[] index, FileOutput out) throws IOException {
        var place = new Place(out.position(), index.length);
        out.write(index);
        return place;
    }

    private static byte[] columnIndex(ColumnChunk chunk) {
        var pages = chunk.pages();
        return CompactProtocol.struct(index -> {
            index.bools(1, pages.stream().map(PageLocation::isAllNull).toList());
            index.binaries(2, pages.stream().map(page -> page.bounds().min()).toList());
            index.binaries(3, pages.stream().map(page -> page.bounds().max()).toList());
            index.i32(4, boundaryOrder(chunk));
            index.i64s(5, pages.stream().map(PageLocation::nulls).toList());
        });
    }

    private static int boundaryOrder(ColumnChunk chunk) {
        var bounds = chunk.pages().stream()
                .filter(page -> !page.isAllNull())
                .map(PageLocation::bounds)
                .toList();
        Comparator<byte[]> order = chunk.leaf().type().physical()::compare;
        if (isSorted(bounds, order)) {
            return ASCENDING;
        }
        return isSorted(bounds, order.reversed()) ? DESCENDING : UNORDERED;
    }

    private static boolean isSorted(List<Bounds> bounds, Comparator<byte[]> order) {
        for (int i = 1; i < bounds.size(); i++) {
            var before = bounds.get(i - 1);
            var after = bounds.get(i);
            if (order.compare(before.min(), after.min()) > 0 || order.compare(before.max(), after.max()) > 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] offsetIndex(ColumnChunk chunk) {
        return CompactProtocol.struct(index -> index.structs(1, chunk.pages(), page -> {
            index.i64(1, page.offset());
            index.i32(2, page.size());
            index.i64(3, page.firstRow());
        }));
    }
}
