package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.text.JsonBytes;
import java.util.Arrays;

/// A member of an object: its name as JSON writes it, in quotes and with the colon behind, to be
/// compared with JSON text eight bytes at a time; the reader of its values; and its place in the
/// order in which members are expected.
///
/// What is looked at for each value lies together here, in as few lines of the processor's cache
/// as can be.
final class Member {
    final ColumnReader reader;
    /// With its quotes and the colon.
    final int length;
    /// The number of the object that had it last.
    long seenIn;
    /// Whom it comes before, and behind whom; a circle through the end of the object.
    Member next = this;
    Member previous = this;
    /// The first eight bytes, or all of fewer, and which of their bits count.
    private final long head;
    private final long headBits;
    /// The last eight bytes of a name that has more.
    private final long tail;
    private final byte[] written;

    Member(String name, ColumnReader reader) {
        this.reader = reader;
        this.written = written(name);
        this.length = written.length;
        byte[] padded = Arrays.copyOf(written, length + Long.BYTES);
        this.headBits = length >= Long.BYTES ? -1L : (1L << length * Byte.SIZE) - 1;
        this.head = JsonBytes.longAt(padded, 0) & headBits;
        this.tail = JsonBytes.longAt(padded, Math.max(0, length - Long.BYTES));
    }

    /// The end of an object, which is at no text.
    Member(ColumnReader nothing) {
        this.reader = nothing;
        this.written = new byte[0];
        this.length = 0;
        this.headBits = 0;
        this.head = 1;
        this.tail = 0;
    }

    /// Its name and the colon.
    byte[] written() {
        return written;
    }

    /// Whether the text goes on with this name and its colon. A name that JSON writes with escapes
    /// is nowhere.
    boolean isAt(byte[] text, int at) {
        if ((JsonBytes.longAt(text, at) & headBits) != head) {
            return false;
        }
        if (length <= 2 * Long.BYTES) {
            return length <= Long.BYTES || JsonBytes.longAt(text, at + length - Long.BYTES) == tail;
        }
        return goesOn(text, at);
    }

    /// Comes behind another from now on.
    void follow(Member other) {
        previous.next = next;
        next.previous = previous;
        next = other.next;
        previous = other;
        other.next.previous = this;
        other.next = this;
    }

    // Each word begins at most eight bytes behind what was equal, so the text has it.
    private boolean goesOn(byte[] text, int at) {
        for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
            if (JsonBytes.longAt(text, at + i) != JsonBytes.longAt(written, i)) {
                return false;
            }
        }
        return JsonBytes.longAt(text, at + length - Long.BYTES) == tail;
    }

    private static byte[] written(String name) {
        boolean needsEscapes = name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\');
        // A NUL is in no text, so such a name is nowhere.
        return (needsEscapes ? "\"\0\":" : '"' + name + "\":").getBytes(UTF_8);
    }
}
