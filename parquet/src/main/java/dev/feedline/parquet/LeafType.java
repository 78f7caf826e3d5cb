package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.math.BigInteger;

/// How a type without children lies in the file; `length` is the bytes of one PLAIN value, 0 when they vary.
record LeafType(PhysicalType physical, int length, Annotation annotation) {
    private static final int MOST_DIGITS_OF_INT32 = 9;
    private static final int MOST_DIGITS_OF_INT64 = 18;

    /// The leaf that holds a type's values.
    ///
    /// @throws IllegalArgumentException naming a type that has no form in the file
    static LeafType of(Type type) {
        if (type instanceof Type.Bool) {
            return new LeafType(PhysicalType.BOOLEAN, 1, Annotation.NONE);
        } else if (type instanceof Type.Int64) {
            return new LeafType(PhysicalType.INT64, Long.BYTES, Annotation.NONE);
        } else if (type instanceof Type.Float64) {
            return new LeafType(PhysicalType.DOUBLE, Double.BYTES, Annotation.NONE);
        } else if (type instanceof Type.Decimal decimal) {
            return ofDecimal(decimal.precision(), decimal.scale());
        } else if (type instanceof Type.Text) {
            return new LeafType(PhysicalType.BYTE_ARRAY, 0, Annotation.TEXT);
        } else if (type instanceof Type.Date) {
            return new LeafType(PhysicalType.INT32, Integer.BYTES, Annotation.DATE);
        } else if (type instanceof Type.Timestamp) {
            return new LeafType(PhysicalType.INT64, Long.BYTES, Annotation.TIMESTAMP);
        }
        throw new IllegalArgumentException("Parquet has no column of type " + type.glue());
    }

    private static LeafType ofDecimal(int precision, int scale) {
        var annotation = Annotation.decimal(precision, scale);
        if (precision <= MOST_DIGITS_OF_INT32) {
            return new LeafType(PhysicalType.INT32, Integer.BYTES, annotation);
        } else if (precision <= MOST_DIGITS_OF_INT64) {
            return new LeafType(PhysicalType.INT64, Long.BYTES, annotation);
        }
        return new LeafType(PhysicalType.FIXED_LEN_BYTE_ARRAY, bytesOfDigits(precision), annotation);
    }

    // The fewest bytes whose two's complement holds every number of so many digits: 16 for 38.
    private static int bytesOfDigits(int digits) {
        int bits = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE).bitLength() + 1;
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }
}
