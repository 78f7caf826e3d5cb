package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.math.BigDecimal;

/// Whether a number has the scale of its column and no more digits than the column holds.
final class DecimalFit {
    private DecimalFit() {}

    /// @throws ArithmeticException saying what does not fit
    static void check(BigDecimal value, Type.Decimal type) {
        if (value.scale() != type.scale()) {
            throw new ArithmeticException("its scale is " + value.scale());
        }
        if (value.precision() > type.precision()) {
            throw new ArithmeticException("it has " + value.precision() + " digits");
        }
    }
}
