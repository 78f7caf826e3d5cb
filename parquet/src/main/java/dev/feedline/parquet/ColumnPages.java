package dev.feedline.parquet;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The finished pages of one column in one row group.
record ColumnPages(Leaf leaf, Optional<Page> dictionary, List<Page> data) {
    Bounds bounds() {
        var type = leaf.type().physical();
        return data.stream().map(Page::bounds).reduce(Bounds.NONE, (left, right) -> left.and(right, type::compare));
    }

    long nulls() {
        return data.stream().mapToLong(Page::nulls).sum();
    }

    long entries() {
        return data.stream().mapToLong(Page::entries).sum();
    }

    SortedMap<Encoding, Integer> pagesOfEncodings() {
        var pages = new TreeMap<Encoding, Integer>();
        data.forEach(page -> pages.merge(page.encoding(), 1, Integer::sum));
        return pages;
    }

    long size() {
        return dictionary.map(Page::size).orElse(0)
                + data.stream().mapToLong(Page::size).sum();
    }

    long uncompressedSize() {
        return dictionary.map(Page::uncompressedSize).orElse(0)
                + data.stream().mapToLong(Page::uncompressedSize).sum();
    }
}
