package dev.feedline.rows;

/// A row as the source wrote it, without its line end.
///
/// @param number 1-based within the file; blank lines are not counted
/// @param line the physical line it starts on, 1-based
/// @param offset of its first byte in the decompressed stream
/// @param bytes all of the row, or its first bytes when it is too long
/// @param tooLong whether the row went on beyond `bytes`
@SuppressWarnings("ArrayRecordComponent") // a row is handed on, never compared; a copy per call would be waste
public record RawRow(long number, long line, long offset, byte[] bytes, boolean tooLong) {}
