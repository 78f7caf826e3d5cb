package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Puts a decimal of 19 digits and more into its column.
final class WideDecimalShredder extends LeafShredder {
    private final WideDecimalColumn column;
    private final Type.Decimal type;

    WideDecimalShredder(WideDecimalColumn column, Type.Decimal type) {
        super(column, type);
        this.column = column;
        this.type = type;
    }

    @Override
    void put(Object value, int repetition) throws IOException {
        var decimal = (BigDecimal) value;
        DecimalFit.check(decimal, type);
        BigInteger unscaled = decimal.unscaledValue();
        column.add(repetition, unscaled.shiftRight(Long.SIZE).longValueExact(), unscaled.longValue());
    }
}
