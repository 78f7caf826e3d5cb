package dev.feedline.app.audit;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The row that is being cut, kept to its first bytes.
final class RowBytes {
    /// More than any row may have.
    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    private long length;

    void add(int b) {
        if (length++ < LONGEST) {
            kept.write(b);
        }
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// The row without the carriage return that belongs to its line end.
    SourceLine line(long number) {
        byte[] bytes = kept.toByteArray();
        boolean hasOne = length == bytes.length && length > 0 && bytes[bytes.length - 1] == '\r';
        return new SourceLine(
                number, hasOne ? Arrays.copyOf(bytes, bytes.length - 1) : bytes, length > LONGEST, false, null);
    }

    SourceLine row(long number, @Nullable String flaw) {
        return new SourceLine(number, kept.toByteArray(), length > LONGEST, false, flaw);
    }

    /// What there is of a row that the container ends in.
    SourceLine cutOff(long number) {
        return new SourceLine(number, kept.toByteArray(), length > LONGEST, true, null);
    }
}
