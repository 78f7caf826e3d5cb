package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ON_ERROR: what becomes of a file with bad rows.
///
/// Source: docs.snowflake.com/en/sql-reference/sql/copy-into-table
///
/// @param limit of SKIP_FILE: how many bad rows skip the file; of SKIP_FILE_PERCENT: above which percentage they do
public record OnError(Kind kind, long limit) {
    public static final OnError ABORT_STATEMENT = new OnError(Kind.ABORT_STATEMENT, 1);
    public static final OnError SKIP_FILE = new OnError(Kind.SKIP_FILE, 1);
    public static final OnError CONTINUE = new OnError(Kind.CONTINUE, 0);

    private static final Pattern SKIP = Pattern.compile("SKIP_FILE_(\\d{1,18})(%?)");

    public enum Kind {
        ABORT_STATEMENT,
        CONTINUE,
        SKIP_FILE,
        SKIP_FILE_PERCENT
    }

    static OnError parse(String text) {
        Matcher skip = SKIP.matcher(text);
        if (skip.matches()) {
            long limit = Long.parseLong(skip.group(1));
            boolean percent = !skip.group(2).isEmpty();
            if (percent ? limit > 100 : limit < 1) {
                throw SnowflakeError.INVALID_VALUE.with("invalid value " + text + " for ON_ERROR");
            }
            return new OnError(percent ? Kind.SKIP_FILE_PERCENT : Kind.SKIP_FILE, limit);
        }
        return switch (text) {
            case "ABORT_STATEMENT" -> ABORT_STATEMENT;
            case "SKIP_FILE" -> SKIP_FILE;
            case "CONTINUE" -> CONTINUE;
            default -> throw SnowflakeError.INVALID_VALUE.with("invalid value " + text + " for ON_ERROR");
        };
    }

    /// Whether a file with so many bad rows is not loaded at all.
    public boolean skips(long rows, long errors) {
        return switch (kind) {
            case ABORT_STATEMENT -> errors > 0;
            case CONTINUE -> false;
            case SKIP_FILE -> errors >= limit;
            case SKIP_FILE_PERCENT -> errors * 100 > limit * rows;
        };
    }

    /// What the result calls the error limit of a file with so many rows: the number of errors that ends its load. None
    /// does with CONTINUE.
    public long errorLimit(long rows) {
        return switch (kind) {
            case ABORT_STATEMENT, SKIP_FILE -> limit;
            case CONTINUE -> rows;
            case SKIP_FILE_PERCENT -> limit * rows / 100 + 1;
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ABORT_STATEMENT, CONTINUE -> kind.name();
            case SKIP_FILE -> limit == 1 ? "SKIP_FILE" : "SKIP_FILE_" + limit;
            case SKIP_FILE_PERCENT -> "SKIP_FILE_" + limit + "%";
        };
    }
}
