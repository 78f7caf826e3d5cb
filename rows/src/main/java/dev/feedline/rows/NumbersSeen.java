package dev.feedline.rows;

/// What the numbers of one place have in common, and the narrowest type that holds all of them exactly.
final class NumbersSeen {
    private boolean writtenWhole = true;
    private boolean allLong = true;
    private boolean allExactDouble = true;
    private long integerDigits;
    private long writtenScale;
    private long neededScale;

    void add(Numeral numeral) {
        writtenWhole &= numeral.writtenScale() == 0;
        allLong = allLong && numeral.toLong() != null;
        allExactDouble = allExactDouble && numeral.isExactDouble();
        integerDigits = Math.max(integerDigits, numeral.integerDigits());
        writtenScale = Math.max(writtenScale, numeral.writtenScale());
        neededScale = Math.max(neededScale, numeral.neededScale());
    }

    void add(long whole) {
        allExactDouble = allExactDouble && Numeral.isExactDouble(whole);
        integerDigits = Math.max(integerDigits, Numeral.digits(whole));
    }

    /// Places written count even when they are zeros, so that prices like 1.10 and 2.00 become
    /// `decimal(38,2)`; only where they leave no room for the digits before the point are the zeros
    /// dropped.
    Type type() {
        if (allLong && writtenWhole) {
            return new Type.Int64();
        }
        if (integerDigits + writtenScale <= Type.Decimal.MAX_PRECISION) {
            return new Type.Decimal(Type.Decimal.MAX_PRECISION, (int) writtenScale);
        }
        if (allLong) {
            return new Type.Int64();
        }
        if (integerDigits + neededScale <= Type.Decimal.MAX_PRECISION) {
            return new Type.Decimal(Type.Decimal.MAX_PRECISION, (int) neededScale);
        }
        return allExactDouble ? new Type.Float64() : new Type.Text();
    }
}
