package dev.feedline.rows;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes a splitter goes through: a buffer that is filled anew, the row that is being kept, and
/// where in the source it all is. A UTF-8 byte order mark at the start of the file is skipped.
///
/// The splitter reads `buffer[at, end)` in loops of its own and moves `at`.
final class FeedBytes implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    final byte[] buffer = new byte[BUFFER_BYTES];
    int at;
    int end;

    private final InputStream in;
    private final TextEncoding encoding;
    private final int maxRowBytes;
    private final boolean returnsEndLines;
    private int counted; // buffer[0, counted) is in `offset` and `lines`
    private long offset;
    private long lines;
    private boolean behindReturn;
    private byte[] row = new byte[1024];
    private int kept; // bytes of the current row in `row`
    private long length; // bytes of the current row so far, kept or not
    private long rowLine;
    private long rowOffset;

    /// @param in UTF-8 that begins at the position's offset
    /// @param returnsEndLines whether a lone CR ends a line
    FeedBytes(InputStream in, TextEncoding encoding, int maxRowBytes, boolean returnsEndLines, Position start) {
        this.in = in;
        this.encoding = encoding;
        this.maxRowBytes = maxRowBytes;
        this.returnsEndLines = returnsEndLines;
        this.offset = start.offset();
        this.lines = start.lines();
    }

    /// Fills the buffer when nothing of it is left; false at the end of the file.
    boolean more() throws IOException {
        return at < end || fill();
    }

    /// The next byte, which stays the next; -1 at the end of the file.
    int peek() throws IOException {
        return more() ? buffer[at] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        count();
        boolean isAtStart = offset == 0;
        counted = 0;
        at = 0;
        end = 0;
        end = isAtStart ? in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length) : readSome();
        if (isAtStart && Arrays.equals(buffer, 0, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
            at = end;
            return fill();
        }
        return end > 0;
    }

    /// Reads at least one byte, or none at the end.
    private int readSome() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        while (read == 0) {
            read = in.read(buffer, 0, buffer.length);
        }
        return Math.max(read, 0);
    }

    /// The offset in the source of the byte at `at`.
    long offset() {
        count();
        return offset;
    }

    /// How many line ends are before `at`.
    long lines() {
        count();
        return lines;
    }

    private void count() {
        offset += encoding.sourceBytes(buffer, counted, at);
        if (returnsEndLines) {
            countReturns();
        } else {
            int more = 0;
            for (int i = counted; i < at; i++) {
                more += buffer[i] == '\n' ? 1 : 0;
            }
            lines += more;
        }
        counted = at;
    }

    private void countReturns() {
        for (int i = counted; i < at; i++) {
            boolean isReturn = buffer[i] == '\r';
            lines += isReturn || (buffer[i] == '\n' && !behindReturn) ? 1 : 0;
            behindReturn = isReturn;
        }
    }

    /// Begins a row at `at`.
    void beginRow() {
        kept = 0;
        length = 0;
        rowOffset = offset();
        rowLine = lines + 1;
    }

    /// Adds `buffer[at, to)` to the row and moves there.
    void keepTo(int to) {
        length += to - at;
        int wanted = (int) Math.min(to - at, maxRowBytes + 1L - kept); // one more, for the CR of a CRLF
        if (kept + wanted > row.length) {
            row = Arrays.copyOf(row, (int) Math.min(maxRowBytes + 1L, Math.max(kept + wanted, row.length * 2L)));
        }
        System.arraycopy(buffer, at, row, kept, wanted);
        kept += wanted;
        at = to;
    }

    /// Whether nothing was kept of the row.
    boolean isEmptyRow() {
        return length == 0;
    }

    /// Takes the carriage return off the row's end, when it ends with one.
    void dropReturn() {
        if (length == kept && kept > 0 && row[kept - 1] == '\r') {
            kept--;
            length--;
        }
    }

    /// The row as kept so far.
    RawRow row(long number, @Nullable Flaw flaw) {
        byte[] bytes = Arrays.copyOf(row, Math.min(kept, maxRowBytes));
        return new RawRow(number, rowLine, rowOffset, bytes, length > bytes.length, flaw);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
