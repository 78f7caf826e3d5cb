package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// A row as the source wrote it, without its line end.
///
/// @param number 1-based within the file; blank lines are not counted
/// @param line the physical line it starts on, 1-based
/// @param offset of its first byte in the decompressed source
/// @param bytes all of the row in UTF-8, or its first bytes when it is too long
/// @param tooLong whether the row went on beyond `bytes`
/// @param flaw why the row is bad whatever its values are, when that is known already
@SuppressWarnings("ArrayRecordComponent") // a row is handed on, never compared; a copy per call would be waste
public record RawRow(
        long number,
        long line,
        long offset,
        byte[] bytes,
        boolean tooLong,
        @Nullable Flaw flaw) {
    public RawRow(long number, long line, long offset, byte[] bytes, boolean tooLong) {
        this(number, line, offset, bytes, tooLong, null);
    }

    /// The same row, found to be bad.
    public RawRow flawed(Flaw found) {
        return new RawRow(number, line, offset, bytes, tooLong, found);
    }

    /// The same row under another number.
    public RawRow numbered(long other) {
        return number == other ? this : new RawRow(other, line, offset, bytes, tooLong, flaw);
    }
}
