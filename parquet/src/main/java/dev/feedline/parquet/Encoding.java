package dev.feedline.parquet;

/// The encodings that are written; `code` is the format's `Encoding`.
enum Encoding {
    PLAIN(0),
    RLE(3),
    RLE_DICTIONARY(8);

    final int code;

    Encoding(int code) {
        this.code = code;
    }
}
