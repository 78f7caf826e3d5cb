package dev.feedline.parquet;

/// The encodings that are written; `code` is the format's `Encoding`.
enum Encoding {
    PLAIN(0),
    RLE(3),
    DELTA_BINARY_PACKED(5),
    RLE_DICTIONARY(8);

    final int code;

    Encoding(int code) {
        this.code = code;
    }
}
