package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// What the numbers of one place have in common, and the narrowest type that holds all of them exactly.
final class NumbersSeen {
    private static final int PASSED_DIGITS = 18;

    private boolean writtenWhole = true;
    private boolean allLong = true;
    private boolean allExactDouble = true;
    private long integerDigits;
    private long writtenScale;
    private long neededScale;
    private @Nullable Reason reasonBefore;
    private boolean sure = true;

    /// Why the type is what it is, the narrowest first.
    private enum Reason {
        WHOLE,
        PLACES_WRITTEN,
        ALL_LONG,
        PLACES_NEEDED,
        EXACT_DOUBLE,
        NONE
    }

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
        return switch (reason()) {
            case WHOLE, ALL_LONG -> new Type.Int64();
            case PLACES_WRITTEN -> new Type.Decimal(Type.Decimal.MAX_PRECISION, (int) writtenScale);
            case PLACES_NEEDED -> new Type.Decimal(Type.Decimal.MAX_PRECISION, (int) neededScale);
            case EXACT_DOUBLE -> new Type.Float64();
            case NONE -> new Type.Text();
        };
    }

    /// From now on numbers that the type as it is now takes, of at most [#PASSED_DIGITS] digits, are not added.
    void passOver() {
        sure = isSure();
        reasonBefore = reason();
    }

    /// Whether the type is what it would be with all numbers that were not added.
    boolean isSure() {
        Reason now = reason();
        if (reasonBefore == null) {
            return true;
        }
        return sure
                && switch (now) {
                    case WHOLE, PLACES_WRITTEN ->
                        Math.max(integerDigits, PASSED_DIGITS) + writtenScale <= Type.Decimal.MAX_PRECISION;
                    // What was not added was taken by the same type, and for the same reason.
                    case ALL_LONG, PLACES_NEEDED, EXACT_DOUBLE, NONE -> now == reasonBefore;
                };
    }

    private Reason reason() {
        if (allLong && writtenWhole) {
            return Reason.WHOLE;
        }
        if (integerDigits + writtenScale <= Type.Decimal.MAX_PRECISION) {
            return Reason.PLACES_WRITTEN;
        }
        if (allLong) {
            return Reason.ALL_LONG;
        }
        if (integerDigits + neededScale <= Type.Decimal.MAX_PRECISION) {
            return Reason.PLACES_NEEDED;
        }
        return allExactDouble ? Reason.EXACT_DOUBLE : Reason.NONE;
    }
}
