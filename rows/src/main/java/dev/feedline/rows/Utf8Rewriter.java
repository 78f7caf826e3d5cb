package dev.feedline.rows;

import java.io.IOException;
import java.io.InputStream;

/// Rewrites a source of another encoding in UTF-8, unit by unit and without judging: half a surrogate
/// pair becomes the three bytes it would have, which no reader of UTF-8 takes.
final class Utf8Rewriter extends InputStream {
    /// Stands for a byte of the source that is half a UTF-16 unit; it is in no UTF-8.
    static final int NO_CHARACTER = 0xff;

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MOST_BYTES_PER_STEP = 4;

    private final InputStream in;
    private final Step step;
    private final byte[] source = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private boolean ended;
    private final byte[] rewritten = new byte[BUFFER_BYTES];
    private int given;
    private int made;

    /// Rewrites what comes next in the source; called with at least four bytes at hand, or the last.
    private interface Step {
        void take(Utf8Rewriter of);
    }

    private Utf8Rewriter(InputStream in, Step step) {
        this.in = in;
        this.step = step;
    }

    static Utf8Rewriter ofSingleBytes(InputStream in, char[] table) {
        return new Utf8Rewriter(in, of -> of.put(table[of.source[of.at++] & 0xff]));
    }

    /// @param low which byte of a unit is its low one: 0 for little-endian, 1 for big-endian
    static Utf8Rewriter ofUtf16(InputStream in, int low) {
        return new Utf8Rewriter(in, of -> of.utf16(low));
    }

    private void utf16(int low) {
        if (end - at == 1) {
            at++;
            rewritten[made++] = (byte) NO_CHARACTER;
            return;
        }
        char unit = unit(low);
        at += 2;
        boolean paired = Character.isHighSurrogate(unit) && end - at > 1 && Character.isLowSurrogate(unit(low));
        if (paired) {
            put(Character.toCodePoint(unit, unit(low)));
            at += 2;
        } else {
            put(unit);
        }
    }

    private char unit(int low) {
        return (char) ((source[at + low] & 0xff) | (source[at + 1 - low] & 0xff) << 8);
    }

    private void put(int code) {
        if (code < 0x80) {
            rewritten[made++] = (byte) code;
        } else if (code < 0x800) {
            rewritten[made++] = (byte) (0xc0 | code >> 6);
            rewritten[made++] = (byte) (0x80 | code & 0x3f);
        } else if (code < 0x10000) {
            rewritten[made++] = (byte) (0xe0 | code >> 12);
            rewritten[made++] = (byte) (0x80 | code >> 6 & 0x3f);
            rewritten[made++] = (byte) (0x80 | code & 0x3f);
        } else {
            rewritten[made++] = (byte) (0xf0 | code >> 18);
            rewritten[made++] = (byte) (0x80 | code >> 12 & 0x3f);
            rewritten[made++] = (byte) (0x80 | code >> 6 & 0x3f);
            rewritten[made++] = (byte) (0x80 | code & 0x3f);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (given == made && !rewrite()) {
            return -1;
        }
        int count = Math.min(length, made - given);
        System.arraycopy(rewritten, given, target, offset, count);
        given += count;
        return count;
    }

    /// Rewrites at least one byte, unless the source is at its end.
    private boolean rewrite() throws IOException {
        given = 0;
        made = 0;
        while (made == 0) {
            // A pair of surrogates may lie across two readings, so they wait until all of it is here.
            while (end - at < MOST_BYTES_PER_STEP && !ended) {
                fill();
            }
            if (at == end) {
                return false;
            }
            while (made + MOST_BYTES_PER_STEP <= rewritten.length
                    && (end - at >= MOST_BYTES_PER_STEP || (ended && at < end))) {
                step.take(this);
            }
        }
        return true;
    }

    private void fill() throws IOException {
        System.arraycopy(source, at, source, 0, end - at);
        end -= at;
        at = 0;
        int read = in.read(source, end, source.length - end);
        ended = read < 0;
        end += Math.max(0, read);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
