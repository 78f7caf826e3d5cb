package dev.feedline.firehose;

import software.amazon.awssdk.services.firehose.model.CompressionFormat;

/// How an object's bytes are packed.
enum Compression {
    UNCOMPRESSED(""),
    GZIP(".gz");

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /// What ends the object's key, unless the destination has a `FileExtension`.
    String extension() {
        return extension;
    }

    static Compression of(CompressionFormat format, String asGiven) {
        return switch (format) {
            case UNCOMPRESSED -> UNCOMPRESSED;
            case GZIP -> GZIP;
            case ZIP, SNAPPY, HADOOP_SNAPPY, UNKNOWN_TO_SDK_VERSION ->
                throw FirehoseError.INVALID_ARGUMENT.exception(
                        "CompressionFormat " + asGiven + " is not supported by Feedline; it is UNCOMPRESSED or GZIP");
        };
    }
}
