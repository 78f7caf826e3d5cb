package dev.feedline.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Where the pages of one column of one row group lie, once they are written, and what is in them.
record ColumnChunk(
        Leaf leaf,
        long start,
        Optional<Long> dictionaryStart,
        List<PageLocation> pages,
        SortedMap<Encoding, Integer> pagesOfEncodings,
        long size,
        long uncompressedSize,
        long entries,
        long nulls,
        Bounds bounds) {
    /// Writes the pages where the file stands.
    static ColumnChunk write(ColumnPages column, FileOutput out) throws IOException {
        long start = out.position();
        if (column.dictionary().isPresent()) {
            column.dictionary().get().writeTo(out);
        }
        var pages = new ArrayList<PageLocation>();
        long firstRow = 0;
        for (var page : column.data()) {
            pages.add(new PageLocation(
                    out.position(), page.size(), firstRow, page.entries(), page.nulls(), page.bounds()));
            page.writeTo(out);
            firstRow += page.rows();
        }
        return new ColumnChunk(
                column.leaf(),
                start,
                column.dictionary().map(page -> start),
                List.copyOf(pages),
                column.pagesOfEncodings(),
                column.size(),
                column.uncompressedSize(),
                column.entries(),
                column.nulls(),
                column.bounds());
    }

    /// `ColumnMetaData` of the format.
    void write(CompactProtocol out, Compression compression) {
        out.i32(1, leaf.type().physical().code);
        out.i32s(2, encodings());
        out.strings(3, leaf.path());
        out.i32(4, compression.code);
        out.i64(5, entries);
        out.i64(6, uncompressedSize);
        out.i64(7, size);
        out.i64(9, pages.get(0).offset());
        dictionaryStart.ifPresent(offset -> out.i64(11, offset));
        out.struct(12, () -> writeStatistics(out));
        out.structs(13, encodingStats(), stats -> {
            out.i32(1, stats.pageType());
            out.i32(2, stats.encoding().code);
            out.i32(3, stats.pages());
        });
    }

    // Those of levels and dictionaries, too.
    private List<Integer> encodings() {
        var encodings = EnumSet.of(Encoding.RLE);
        encodings.addAll(pagesOfEncodings.keySet());
        dictionaryStart.ifPresent(start -> encodings.add(Encoding.PLAIN));
        return encodings.stream().map(encoding -> encoding.code).toList();
    }

    // `Statistics` of the format, without the two deprecated fields that never said in which order.
    private void writeStatistics(CompactProtocol out) {
        out.i64(3, nulls);
        if (bounds.kind() == Bounds.Kind.KNOWN) {
            out.binary(5, bounds.max());
            out.binary(6, bounds.min());
            out.bool(7, bounds.maxExact());
            out.bool(8, bounds.minExact());
        }
    }

    private List<EncodingStats> encodingStats() {
        var stats = new ArrayList<EncodingStats>();
        dictionaryStart.ifPresent(start -> stats.add(new EncodingStats(PageWriter.DICTIONARY_PAGE, Encoding.PLAIN, 1)));
        pagesOfEncodings.forEach(
                (encoding, pages) -> stats.add(new EncodingStats(PageWriter.DATA_PAGE, encoding, pages)));
        return stats;
    }

    /// `PageEncodingStats` of the format: from these a reader knows that every page uses the dictionary.
    private record EncodingStats(int pageType, Encoding encoding, int pages) {}
}
