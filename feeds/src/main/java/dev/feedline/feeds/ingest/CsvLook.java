package dev.feedline.feeds.ingest;

import dev.feedline.feeds.CsvSettings;
import dev.feedline.rows.CsvCells;
import dev.feedline.rows.CsvDialect;
import dev.feedline.rows.CsvRows;
import dev.feedline.rows.HeaderNames;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.TextEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first row of a CSV file, which says what the columns are called.
///
/// @param row null when the file has none
/// @param isCut whether it goes on beyond the bytes that were looked at
record CsvLook(@Nullable RawRow row, boolean isCut) {
    /// The longest header.
    static final int MAX_HEADER_BYTES = 1024 * 1024;

    /// More columns are no table; their names alone would fill a row.
    static final int MAX_COLUMNS = 10_000;

    /// The header, or the first row, cannot name the columns.
    static final class BadHeaderException extends IOException {
        private static final long serialVersionUID = 1;

        BadHeaderException(String what) {
            super(what);
        }
    }

    /// @param head the first bytes of the decompressed file
    /// @param isWhole whether that is all of it
    static CsvLook at(byte[] head, boolean isWhole, TextEncoding encoding, CsvDialect dialect) throws IOException {
        CsvDialect headless = new CsvDialect(
                dialect.delimiter(),
                dialect.quote(),
                dialect.escape(),
                dialect.returnsEndLines(),
                false,
                List.of(),
                dialect.nulls());
        try (CsvRows rows = new CsvRows(
                encoding.toUtf8(new ByteArrayInputStream(head)),
                encoding,
                headless,
                MAX_HEADER_BYTES,
                Position.START)) {
            RawRow first = rows.next();
            return new CsvLook(first, !isWhole && rows.position().offset() >= head.length);
        }
    }

    /// The dialect with the names of the columns: the definition's, the header's, or those of their places.
    CsvDialect named(CsvDialect dialect, CsvSettings settings, TextEncoding encoding) throws BadHeaderException {
        if (!settings.columns().isEmpty()) {
            return dialect.columns(settings.columns());
        }
        if (row == null) {
            return dialect;
        }
        String what = settings.header() ? "header" : "first row";
        if (row.flaw() != null) {
            throw new BadHeaderException(
                    "a quote that the " + what + " opens on line " + row.line() + " is not closed");
        }
        if (isCut || row.tooLong()) {
            throw new BadHeaderException("the " + what + " is longer than " + MAX_HEADER_BYTES + " bytes");
        }
        List<String> cells = CsvCells.texts(dialect, row.bytes());
        if (cells.size() > MAX_COLUMNS) {
            throw new BadHeaderException("the " + what + " has " + cells.size() + " cells, and at most " + MAX_COLUMNS
                    + " columns are read");
        }
        if (settings.header() && !isUtf8(row.bytes())) {
            throw new BadHeaderException(
                    "the header is not text in " + encoding.name().replace('_', '-')
                            + "; declare how the feed is written, for example encoding: windows-1252");
        }
        return dialect.columns(settings.header() ? HeaderNames.of(cells) : HeaderNames.ofPlaces(cells.size()));
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
