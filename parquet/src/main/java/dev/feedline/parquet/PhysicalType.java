package dev.feedline.parquet;

/// How a value lies in a page, and how Parquet orders the PLAIN bytes of such values.
///
/// `code` is the format's `Type`; INT96 and FLOAT are never written. A fixed-length byte array is always a decimal.
enum PhysicalType {
    BOOLEAN(0),
    INT32(1),
    INT64(2),
    DOUBLE(5),
    BYTE_ARRAY(6),
    FIXED_LEN_BYTE_ARRAY(7);

    final int code;

    PhysicalType(int code) {
        this.code = code;
    }

    /// Compares two PLAIN values, without lengths, in the order of Parquet's statistics.
    int compare(byte[] left, byte[] right) {
        return switch (this) {
            case BOOLEAN, BYTE_ARRAY -> ValueOrder.unsignedBytes(left, right);
            case INT32 -> ValueOrder.int32(left, right);
            case INT64 -> ValueOrder.int64(left, right);
            case DOUBLE -> ValueOrder.float64(left, right);
            case FIXED_LEN_BYTE_ARRAY -> ValueOrder.signedBytes(left, right);
        };
    }
}
