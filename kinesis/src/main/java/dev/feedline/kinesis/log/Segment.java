package dev.feedline.kinesis.log;

import java.nio.file.Path;

/// One file of a log. Its name is the index of its first record, so that names sort as records do.
record Segment(Path path, SegmentHead head) {
    static final String SUFFIX = ".seg";

    static Path path(Path folder, long base) {
        return folder.resolve("%019d".formatted(base) + SUFFIX);
    }

    long base() {
        return head.base();
    }
}
