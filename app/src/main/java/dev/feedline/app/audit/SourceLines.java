package dev.feedline.app.audit;

import dev.feedline.rows.Mark;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The rows of a JSON-lines file, cut apart from how ingest cuts them, one row in memory at a time.
///
/// A row is a line that is not blank. A container that ends in the middle ends in one row more, whatever is left.
final class SourceLines {
    /// More than any row may have; what is longer is kept to its first bytes.
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final boolean unmarkedOnly;
    private long number;
    private boolean ended;

    private SourceLines(InputStream in, boolean unmarkedOnly) {
        this.in = in;
        this.unmarkedOnly = unmarkedOnly;
    }

    /// @param unmarkedOnly in a landing object only the lines without a mark are rows of its own
    static SourceLines plain(InputStream in, boolean unmarkedOnly) throws IOException {
        return new SourceLines(withoutByteOrderMark(in), unmarkedOnly);
    }

    static SourceLines gzip(InputStream in) throws IOException {
        return new SourceLines(withoutByteOrderMark(new LateGunzip(in)), false);
    }

    /// The next row, or null after the last.
    @Nullable
    SourceLine next() throws IOException {
        while (!ended) {
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            boolean cutOff = false;
            long length = 0;
            try {
                int next = in.read();
                for (; next >= 0 && next != '\n'; next = in.read()) {
                    if (length++ < LONGEST) {
                        line.write(next);
                    }
                }
                ended = next < 0;
            } catch (EOFException e) {
                cutOff = true;
                ended = true;
            }
            byte[] bytes = withoutCarriageReturn(line.toByteArray());
            boolean isRow = cutOff || !isBlank(bytes);
            if (isRow && !(unmarkedOnly && Mark.parse(bytes).isPresent())) {
                return new SourceLine(++number, bytes, length > LONGEST, cutOff);
            }
        }
        return null;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private byte[] withoutCarriageReturn(byte[] line) {
        boolean hasOne = !ended && line.length > 0 && line[line.length - 1] == '\r';
        return hasOne ? Arrays.copyOf(line, line.length - 1) : line;
    }

    private static InputStream withoutByteOrderMark(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 64 * 1024);
        in.mark(3);
        try {
            byte[] begin = in.readNBytes(3);
            if (begin.length == 3 && begin[0] == (byte) 0xef && begin[1] == (byte) 0xbb && begin[2] == (byte) 0xbf) {
                return in;
            }
        } catch (EOFException e) {
            // The container ends in its first bytes; reading on meets that again.
        }
        in.reset();
        return in;
    }

    /// Opens the container when it is first read, so that one that is cut off in its header ends like any other.
    private static final class LateGunzip extends InputStream {
        private final InputStream packed;
        private @Nullable InputStream unpacked;

        LateGunzip(InputStream packed) {
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            return open().read();
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            return open().read(into, offset, count);
        }

        private InputStream open() throws IOException {
            InputStream opened = unpacked;
            if (opened == null) {
                opened = new GZIPInputStream(packed, 64 * 1024);
                unpacked = opened;
            }
            return opened;
        }
    }
}
