package dev.feedline.parquet;

import java.util.Comparator;

/// How a value lies in a page, and how Parquet orders the PLAIN bytes of such values.
///
/// `code` is the format's `Type`; INT96 and FLOAT are never written. A fixed-length byte array is always a decimal.
enum PhysicalType {
    BOOLEAN(0, ValueOrder::unsignedBytes),
    INT32(1, ValueOrder::int32),
    INT64(2, ValueOrder::int64),
    DOUBLE(5, ValueOrder::float64),
    BYTE_ARRAY(6, ValueOrder::unsignedBytes),
    FIXED_LEN_BYTE_ARRAY(7, ValueOrder::signedBytes);

    final int code;
    final Comparator<byte[]> order;

    PhysicalType(int code, Comparator<byte[]> order) {
        this.code = code;
        this.order = order;
    }
}
