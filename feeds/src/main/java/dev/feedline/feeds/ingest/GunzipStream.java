package dev.feedline.feeds.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Decompresses a gzip file of any number of members (RFC 1952).
///
/// The JDK's stream asks `available()` whether another member follows and takes a slow network for the end of the file.
/// It also calls a cut and a contradiction the same; here they are [TruncatedContainerException] and
/// [DamagedContainerException]. Zero bytes behind the last member are padding, anything else is damage.
final class GunzipStream extends InputStream {
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private long members;
    private boolean inMember;
    private boolean ended;

    GunzipStream(InputStream in) {
        this.in = in;
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
        while (!ended) {
            if (!inMember && !beginMember()) {
                ended = true;
                break;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
        }
        return -1;
    }

    /// Some decompressed bytes, or 0 at the end of the member.
    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(target, offset, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    endMember();
                    return 0;
                }
                if (inflater.needsDictionary()) {
                    throw new DamagedContainerException("the gzip data asks for a dictionary");
                }
                if (at == end && !fill()) {
                    throw new TruncatedContainerException("the gzip data ends in the middle");
                }
                inflater.setInput(buffer, at, end - at);
                at = end;
            }
        } catch (DataFormatException e) {
            throw new DamagedContainerException("the gzip data is damaged: " + e.getMessage());
        }
    }

    private boolean beginMember() throws IOException {
        int magic = next();
        while (members > 0 && magic == 0) {
            magic = next();
        }
        if (magic < 0) {
            return false;
        }
        if (magic != MAGIC_1 || needed() != MAGIC_2 || needed() != DEFLATE) {
            throw new DamagedContainerException("behind a gzip member follows something that is none");
        }
        int flags = needed();
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(needed() | needed() << 8);
        }
        skipText((flags & HAS_NAME) != 0);
        skipText((flags & HAS_COMMENT) != 0);
        skip((flags & HAS_HEADER_CRC) != 0 ? 2 : 0);
        crc.reset();
        inflater.reset();
        inMember = true;
        members++;
        return true;
    }

    private void endMember() throws IOException {
        at = end - inflater.getRemaining();
        long size = inflater.getBytesWritten() & 0xffffffffL;
        if (number() != crc.getValue()) {
            throw new DamagedContainerException("the gzip data does not match its CRC-32");
        }
        if (number() != size) {
            throw new DamagedContainerException("the gzip data does not match its length");
        }
        inMember = false;
    }

    private long number() throws IOException {
        return needed() | (long) needed() << 8 | (long) needed() << 16 | (long) needed() << 24;
    }

    private void skipText(boolean present) throws IOException {
        while (present && needed() != 0) {
            // up to the zero byte that ends it
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            needed();
        }
    }

    private int needed() throws IOException {
        int value = next();
        if (value < 0) {
            throw new TruncatedContainerException("the gzip data ends in a header or trailer");
        }
        return value;
    }

    private int next() throws IOException {
        return at == end && !fill() ? -1 : buffer[at++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(0, count);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
