package dev.feedline.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Splits a decompressed JSON-lines stream into rows, holding one row at a time.
///
/// A line ends with LF or CRLF; the last one need not end. Lines of nothing but JSON whitespace are no
/// rows. A UTF-8 byte order mark at the start of the file is skipped.
public final class JsonLines implements RowSplitter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final byte[] LINE_END = {'\n'};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final TextEncoding encoding;
    private final int maxRowBytes;
    private final long lineEndBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private byte[] row = new byte[1024];
    private int kept; // bytes of the current line in `row`
    private long length; // bytes of the current line so far, kept or not
    private long sourceLength; // the same in the source
    private boolean blank;
    private long rows;
    private long lines;
    private long offset; // of the current line's first byte
    private @Nullable BrokenFeedException broken;

    /// @param maxRowBytes the longest row handed out whole, usually [RowLimits#maxSourceBytes]
    public JsonLines(InputStream in, int maxRowBytes) {
        this(in, TextEncoding.UTF_8, maxRowBytes, Position.START);
    }

    /// Goes on at a position that an earlier splitter of the same file was at.
    ///
    /// @param in UTF-8 that begins at the position's offset
    /// @param encoding what the source was before it became UTF-8
    public JsonLines(InputStream in, TextEncoding encoding, int maxRowBytes, Position start) {
        this.in = in;
        this.encoding = encoding;
        this.lineEndBytes = encoding.sourceBytes(LINE_END, 0, 1);
        this.maxRowBytes = maxRowBytes;
        this.rows = start.rows();
        this.lines = start.lines();
        this.offset = start.offset();
    }

    @Override
    public @Nullable RawRow next() throws BrokenFeedException {
        if (broken != null) {
            throw broken;
        }
        while (true) {
            boolean ended = readLine();
            RawRow found = blank ? null : new RawRow(rows + 1, lines + 1, offset, rowBytes(ended), isTooLong(ended));
            if (found == null && !ended) {
                return null;
            }
            offset += sourceLength + (ended ? lineEndBytes : 0);
            lines++;
            if (found != null) {
                rows++;
                return found;
            }
        }
    }

    @Override
    public Position position() {
        return new Position(rows, lines, offset);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// Reads to the end of the line; false when the file ended first.
    private boolean readLine() throws BrokenFeedException {
        kept = 0;
        length = 0;
        sourceLength = 0;
        blank = true;
        while (true) {
            if (at == end && !fill()) {
                return false;
            }
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            keep(at, stop);
            at = stop;
            if (stop < end) {
                at++;
                return true;
            }
        }
    }

    private boolean fill() throws BrokenFeedException {
        try {
            boolean isAtStart = offset == 0 && length == 0;
            end = isAtStart ? in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length) : readSome();
            boolean isMarked = isAtStart && Arrays.equals(buffer, 0, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
            at = isMarked ? end : 0;
            offset += encoding.sourceBytes(buffer, 0, at);
            return isMarked ? fill() : end > 0;
        } catch (IOException e) {
            broken = new BrokenFeedException(
                    new RawRow(rows + 1, lines + 1, offset, Arrays.copyOf(row, kept), length > kept), e);
            throw broken;
        }
    }

    /// Reads at least one byte, or none at the end.
    private int readSome() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        while (read == 0) {
            read = in.read(buffer, 0, buffer.length);
        }
        return Math.max(read, 0);
    }

    private void keep(int from, int to) {
        length += to - from;
        sourceLength += encoding.sourceBytes(buffer, from, to);
        int wanted = (int) Math.min(to - from, maxRowBytes + 1L - kept); // one more, for the CR of a CRLF
        if (kept + wanted > row.length) {
            row = Arrays.copyOf(row, (int) Math.min(maxRowBytes + 1L, Math.max(kept + wanted, row.length * 2L)));
        }
        System.arraycopy(buffer, from, row, kept, wanted);
        kept += wanted;
        blank = blank && isBlank(buffer, from, to);
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private byte[] rowBytes(boolean ended) {
        return Arrays.copyOf(row, Math.min(maxRowBytes, keptWithoutCarriageReturn(ended)));
    }

    private boolean isTooLong(boolean ended) {
        return length > kept || keptWithoutCarriageReturn(ended) > maxRowBytes;
    }

    private int keptWithoutCarriageReturn(boolean ended) {
        return ended && length == kept && kept > 0 && row[kept - 1] == '\r' ? kept - 1 : kept;
    }
}
