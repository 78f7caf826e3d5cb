package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/// How a value becomes the number that Parquet keeps; exactly, or not at all.
interface NumberForm {
    int NANOS_PER_MICRO = 1_000;
    int MICROS_PER_SECOND = 1_000_000;

    /// The number, or for a double its bits.
    ///
    /// @throws ClassCastException | ArithmeticException when the value does not fit
    long bits(Object value);

    static NumberForm of(Type type) {
        if (type instanceof Type.Int64) {
            return value -> (Long) value;
        } else if (type instanceof Type.Float64) {
            return value -> Double.doubleToRawLongBits((Double) value);
        } else if (type instanceof Type.Decimal decimal) {
            return value -> unscaled((BigDecimal) value, decimal);
        } else if (type instanceof Type.Date) {
            return value -> Math.toIntExact(((LocalDate) value).toEpochDay());
        } else if (type instanceof Type.Timestamp) {
            return value -> micros((Instant) value);
        }
        throw new IllegalArgumentException(type.glue() + " is no number");
    }

    private static long unscaled(BigDecimal value, Type.Decimal type) {
        DecimalFit.check(value, type);
        return value.scaleByPowerOfTen(type.scale()).longValueExact();
    }

    private static long micros(Instant value) {
        if (value.getNano() % NANOS_PER_MICRO != 0) {
            throw new ArithmeticException("finer than a microsecond");
        }
        // Adding after multiplying would overflow for the first second of the range.
        long seconds = value.getEpochSecond();
        long micros = value.getNano() / NANOS_PER_MICRO;
        if (seconds < 0 && micros > 0) {
            return Math.addExact(Math.multiplyExact(seconds + 1, MICROS_PER_SECOND), micros - MICROS_PER_SECOND);
        }
        return Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), micros);
    }
}
