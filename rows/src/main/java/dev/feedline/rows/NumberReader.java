package dev.feedline.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads numbers into one of the number types, exactly or not at all.
abstract class NumberReader implements ValueReader {
    private final String type;

    private NumberReader(String type) {
        this.type = type;
    }

    static NumberReader ofLongs() {
        return new Longs();
    }

    static NumberReader ofDecimals(Type.Decimal type) {
        return new Decimals(type);
    }

    static NumberReader ofDoubles(boolean onlyExact) {
        return new Doubles(onlyExact);
    }

    @Override
    public @Nullable Object read(RowReading row, JsonToken token) {
        if (!token.isNumeric()) {
            return row.mismatch(type, token);
        }
        Numeral numeral = Numeral.of(row.tokens().text());
        Object number = number(numeral);
        if (number != null) {
            return number;
        }
        return isOutOfRange(numeral) ? row.numberOutOfRange(type, token) : row.mismatch(type, token);
    }

    /// The value, or null when the type does not hold it.
    abstract @Nullable Object number(Numeral numeral);

    /// Whether a number that the type does not hold is merely too large, and not of another kind.
    abstract boolean isOutOfRange(Numeral numeral);

    private static final class Longs extends NumberReader {
        Longs() {
            super("bigint");
        }

        @Override
        public @Nullable Object read(RowReading row, JsonToken token) {
            boolean isShort =
                    token == JsonToken.VALUE_NUMBER_INT && row.tokens().isShortNumber();
            return isShort ? (Object) row.tokens().shortNumber() : super.read(row, token);
        }

        @Override
        @Nullable
        Object number(Numeral numeral) {
            return numeral.toLong();
        }

        @Override
        boolean isOutOfRange(Numeral numeral) {
            return numeral.isWhole();
        }
    }

    private static final class Decimals extends NumberReader {
        private final Type.Decimal type;

        Decimals(Type.Decimal type) {
            super(type.glue());
            this.type = type;
        }

        @Override
        @Nullable
        Object number(Numeral numeral) {
            return numeral.toDecimal(type.precision(), type.scale());
        }

        @Override
        boolean isOutOfRange(Numeral numeral) {
            return numeral.neededScale() <= type.scale();
        }
    }

    private static final class Doubles extends NumberReader {
        private final boolean onlyExact;

        Doubles(boolean onlyExact) {
            super("double");
            this.onlyExact = onlyExact;
        }

        @Override
        @Nullable
        Object number(Numeral numeral) {
            double nearest = numeral.toDouble();
            boolean fits = Double.isFinite(nearest) && (!onlyExact || numeral.isExactDouble());
            return fits ? (Object) nearest : null;
        }

        @Override
        boolean isOutOfRange(Numeral numeral) {
            return !Double.isFinite(numeral.toDouble());
        }
    }
}
