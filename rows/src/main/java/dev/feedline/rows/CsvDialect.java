package dev.feedline.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a CSV file is written (RFC 4180 and its relatives), settled before its first row is read.
///
/// @param quote encloses cells; doubled within one it stands for itself; null where cells have none
/// @param escape takes the meaning from the character behind it, where the feed declares that
/// @param returnsEndLines whether a lone CR ends a row, as in files without any LF; else it is text
/// @param header whether the first row is a header and no row of the feed
/// @param columns one name per cell, unlike each other in more than case
/// @param nulls what an unquoted cell reads when it has no value
public record CsvDialect(
        char delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        boolean returnsEndLines,
        boolean header,
        List<String> columns,
        List<String> nulls) {
    private static final int NO_BYTE = 256;

    public CsvDialect {
        columns = List.copyOf(columns);
        nulls = List.copyOf(nulls);
        if (delimiter >= 0x80 || delimiter == '\n' || delimiter == '\r' || delimiter == 0) {
            throw new IllegalArgumentException("a delimiter is one ASCII character and no line end");
        }
        if (quote != null && (quote == delimiter || quote >= 0x80)) {
            throw new IllegalArgumentException("a quote is one ASCII character other than the delimiter");
        }
        if (escape != null && (escape == delimiter || escape >= 0x80 || escape.equals(quote))) {
            throw new IllegalArgumentException(
                    "an escape is one ASCII character other than the delimiter and the quote; a doubled quote needs none");
        }
    }

    /// The same dialect for a file of these columns.
    public CsvDialect columns(List<String> names) {
        return new CsvDialect(delimiter, quote, escape, returnsEndLines, header, names, nulls);
    }

    /// As a byte, or what none is.
    int quoteByte() {
        return quote == null ? NO_BYTE : quote;
    }

    int escapeByte() {
        return escape == null ? NO_BYTE : escape;
    }
}
