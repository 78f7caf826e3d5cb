package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row in quarantine.
///
/// @param row its number within the file, 1-based
/// @param line the physical line it starts on, 1-based
/// @param offset of its first byte in the decompressed stream
/// @param column the top-level key concerned, where there is one
/// @param pointer the JSON pointer (RFC 6901) to the value concerned, where there is one
/// @param detail what was found there
/// @param raw the row's text, cut at [RowLimits#maxRawBytes]
@SuppressWarnings("ArrayRecordComponent") // raw bytes, since they need not be text
public record BadRow(
        long row,
        BadRowCode code,
        long line,
        long offset,
        @Nullable String column,
        @Nullable String pointer,
        String detail,
        byte[] raw) {

    public static BadRow of(RawRow row, Verdict.Bad verdict, RowLimits limits) {
        return new BadRow(
                row.number(),
                verdict.code(),
                row.line(),
                row.offset(),
                verdict.column(),
                verdict.pointer(),
                verdict.detail() + ", at byte " + verdict.offset() + " of the row",
                cut(row, limits));
    }

    /// A row of cells. The fault's place in the JSON that they would travel as says nothing about the row
    /// itself, so only the column is kept.
    public static BadRow ofCells(RawRow row, Verdict.Bad verdict, RowLimits limits) {
        BadRowCode code = verdict.code() == BadRowCode.JSON_ENCODING ? BadRowCode.CSV_ENCODING : verdict.code();
        return new BadRow(
                row.number(),
                code,
                row.line(),
                row.offset(),
                verdict.column(),
                null,
                verdict.detail(),
                cut(row, limits));
    }

    /// A row that is bad as a whole: too long, no feed at all, cut off with its container.
    public static BadRow of(RawRow row, BadRowCode code, String detail, RowLimits limits) {
        return new BadRow(row.number(), code, row.line(), row.offset(), null, null, detail, cut(row, limits));
    }

    /// The raw row as text, when it is; a NUL is not, because not every warehouse takes it.
    public Optional<String> text() {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
            return Optional.of(text).filter(read -> read.indexOf('\0') < 0);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] cut(RawRow row, RowLimits limits) {
        return row.bytes().length <= limits.maxRawBytes()
                ? row.bytes()
                : Arrays.copyOf(row.bytes(), limits.maxRawBytes());
    }
}
