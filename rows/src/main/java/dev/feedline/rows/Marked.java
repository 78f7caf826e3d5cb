package dev.feedline.rows;

import java.util.Arrays;

/// A marked row inside a buffer: `buffer[from, to)` is the line without its line end, `buffer[markFrom,
/// markTo)` the mark within it. What is left without the mark is the row as sent.
@SuppressWarnings("ArrayRecordComponent") // a view of the caller's buffer
public record Marked(String fileId, long chunk, long row, byte[] buffer, int from, int to, int markFrom, int markTo) {
    public int originalLength() {
        return to - from - (markTo - markFrom);
    }

    /// The row as sent, byte for byte, without the mark.
    public byte[] original() {
        byte[] original = Arrays.copyOfRange(buffer, from, from + originalLength());
        System.arraycopy(buffer, markTo, original, markFrom - from, to - markTo);
        return original;
    }
}
