package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// Reads numbers into one of the number types, exactly or not at all.
abstract class NumberReader implements ValueReader {
    private final String type;
    private final CellForm form;

    private NumberReader(String type, CellForm form) {
        this.type = type;
        this.form = form;
    }

    static NumberReader ofLongs(CellForm form) {
        return new Longs(form);
    }

    static NumberReader ofDecimals(Type.Decimal type, CellForm form) {
        return new Decimals(type, form);
    }

    static NumberReader ofDoubles(boolean onlyExact, CellForm form) {
        return new Doubles(onlyExact, form);
    }

    @Override
    public @Nullable Object read(RowReading row, Token token) {
        if (form == CellForm.TEXT && token == Token.STRING) {
            return fromCell(row, token);
        }
        return token.isNumber() ? judged(row, token, Numeral.of(row.tokens().text())) : row.mismatch(type, token);
    }

    private @Nullable Object fromCell(RowReading row, Token token) {
        String text = CellText.trimmed(row.tokens().text());
        if (text.isEmpty()) {
            return null;
        }
        String number = CellText.number(text);
        return number == null ? row.mismatch(type, token) : judged(row, token, Numeral.of(number));
    }

    private @Nullable Object judged(RowReading row, Token token, Numeral numeral) {
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
        Longs(CellForm form) {
            super("bigint", form);
        }

        @Override
        public @Nullable Object read(RowReading row, Token token) {
            boolean isShort = token == Token.WHOLE_NUMBER && row.tokens().isShortNumber();
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

        Decimals(Type.Decimal type, CellForm form) {
            super(type.glue(), form);
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

        Doubles(boolean onlyExact, CellForm form) {
            super("double", form);
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
