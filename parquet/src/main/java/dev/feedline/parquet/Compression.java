package dev.feedline.parquet;

import java.util.Locale;

/// How the pages of a file are compressed.
///
/// Parquet knows more codecs (GZIP, LZO, BROTLI, LZ4, LZ4_RAW); they are refused by name.
public enum Compression {
    UNCOMPRESSED(0),
    SNAPPY(1),
    ZSTD(6);

    /// `CompressionCodec` of the Parquet format.
    final int code;

    Compression(int code) {
        this.code = code;
    }

    /// Reads a codec's name in any case; `none` is `UNCOMPRESSED`.
    ///
    /// @throws IllegalArgumentException naming the codec that Feedline does not write
    public static Compression named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "UNCOMPRESSED", "NONE" -> UNCOMPRESSED;
            case "SNAPPY" -> SNAPPY;
            case "ZSTD" -> ZSTD;
            default ->
                throw new IllegalArgumentException(
                        "Parquet compression " + name + " is not written; choose UNCOMPRESSED, SNAPPY or ZSTD");
        };
    }

    Codec open() {
        return switch (this) {
            case UNCOMPRESSED -> new PlainCodec();
            case SNAPPY -> new SnappyCodec();
            case ZSTD -> new ZstdCodec();
        };
    }
}
