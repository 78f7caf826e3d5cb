package dev.feedline.parquet;

import java.io.IOException;

/// A finished page: its Thrift header and its compressed body.
///
/// `entries` counts values and their absences, `rows` the rows that begin here; `plainSize` is the body's size before
/// compression.
// A page is written once and never compared; a copy to guard it would double the memory.
@SuppressWarnings("ArrayRecordComponent")
record Page(
        byte[] header,
        byte[] body,
        int plainSize,
        int entries,
        int rows,
        long nulls,
        Encoding encoding,
        Bounds bounds) {
    int size() {
        return header.length + body.length;
    }

    int uncompressedSize() {
        return header.length + plainSize;
    }

    void writeTo(FileOutput out) throws IOException {
        out.write(header);
        out.write(body);
    }
}
