package dev.feedline.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads numbers, booleans, text, dates and timestamps.
final class ScalarReader implements ValueReader {
    private final Type type;
    private final boolean inferred;

    ScalarReader(Type type, boolean inferred) {
        this.type = type;
        this.inferred = inferred;
    }

    @Override
    public @Nullable Object read(RowReading row, JsonToken token) {
        if (type instanceof Type.Text) {
            return token == JsonToken.VALUE_STRING
                    ? row.tokens().text()
                    : row.tokens().source();
        }
        Object value = value(row, token);
        return value != null ? value : row.mismatch(faultOf(row, token), type.glue(), token);
    }

    private @Nullable Object value(RowReading row, JsonToken token) {
        return switch (token) {
            case VALUE_TRUE -> type instanceof Type.Bool ? Boolean.TRUE : null;
            case VALUE_FALSE -> type instanceof Type.Bool ? Boolean.FALSE : null;
            case VALUE_STRING -> moment(row.tokens().text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(row);
            default -> null;
        };
    }

    private @Nullable Object moment(String text) {
        if (type instanceof Type.Date) {
            return Moments.date(text);
        }
        return type instanceof Type.Timestamp ? Moments.instant(text, !inferred) : null;
    }

    private @Nullable Object number(RowReading row) {
        if (type instanceof Type.Int64) {
            return Numeral.of(row.tokens().text()).toLong();
        }
        if (type instanceof Type.Decimal decimal) {
            return Numeral.of(row.tokens().text()).toDecimal(decimal.precision(), decimal.scale());
        }
        if (type instanceof Type.Float64) {
            Numeral numeral = Numeral.of(row.tokens().text());
            double nearest = numeral.toDouble();
            boolean fits = Double.isFinite(nearest) && (!inferred || numeral.isExactDouble());
            return fits ? nearest : null;
        }
        return null;
    }

    /// A number that is merely too large for its column, not of another kind.
    private BadRowCode faultOf(RowReading row, JsonToken token) {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            return BadRowCode.TYPE_MISMATCH;
        }
        Numeral numeral = Numeral.of(row.tokens().text());
        boolean outOfRange = type instanceof Type.Int64 && numeral.isWhole()
                || type instanceof Type.Decimal decimal && numeral.neededScale() <= decimal.scale()
                || type instanceof Type.Float64 && !Double.isFinite(numeral.toDouble());
        return outOfRange ? BadRowCode.NUMBER_RANGE : BadRowCode.TYPE_MISMATCH;
    }
}
