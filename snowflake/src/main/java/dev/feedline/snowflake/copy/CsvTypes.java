package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.CsvFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.function.Consumer;

/// The type that a new column of a CSV file gets: the narrowest that holds all of the file's values.
final class CsvTypes {
    private final Moments moments;
    private boolean seen;
    private boolean number = true;
    private boolean bool = true;
    private boolean date = true;
    private boolean timestamp = true;
    private long wholeDigits;
    private long scale;

    CsvTypes(CsvFormat format) {
        this.moments = new Moments(format.dates());
    }

    void see(String text) {
        seen = true;
        number = number && text.matches("[+-]?\\d+(\\.\\d+)?");
        if (number) {
            BigDecimal value = new BigDecimal(text);
            wholeDigits = Math.max(wholeDigits, (long) value.precision() - value.scale());
            scale = Math.max(scale, value.scale());
            number = wholeDigits + scale <= 38;
        }
        bool = bool && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
        date = date && !isWhole(text) && is(text, moments::date);
        timestamp = timestamp && !isWhole(text) && is(text, moments::local);
    }

    SnowflakeType type() {
        if (!seen) {
            return SnowflakeType.VARCHAR;
        }
        if (number) {
            return SnowflakeType.number(38, (int) scale);
        }
        if (bool) {
            return SnowflakeType.BOOLEAN;
        }
        if (date) {
            return SnowflakeType.DATE;
        }
        return timestamp ? SnowflakeType.TIMESTAMP_NTZ : SnowflakeType.VARCHAR;
    }

    private static boolean isWhole(String text) {
        return text.matches("-?\\d+");
    }

    private static boolean is(String text, Consumer<String> read) {
        try {
            read.accept(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
