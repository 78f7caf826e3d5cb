package dev.feedline.app.audit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// The members of a gzip file (RFC 1952); zero bytes behind the last are padding.
///
/// The JDK's own stream takes a pause of the network between two members for the end of the file, and what is cut off
/// in a later member's header for padding; others lose what they had unpacked when they meet a cut.
final class GzipMembers extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final DataInputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] part = new byte[8 * 1024];
    private int partBytes;
    private boolean ended;

    /// @param packed with mark and reset, by which a member gives back what was read too much
    GzipMembers(InputStream packed) throws IOException {
        this.packed = new DataInputStream(packed);
        beginMember();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        while (!ended) {
            int read = inflate(into, offset, count);
            crc.update(into, offset, read);
            if (read > 0) {
                return read;
            }
            if (inflater.finished()) {
                endMember();
            } else {
                nextPart();
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int count) throws ZipException {
        try {
            return inflater.inflate(into, offset, count);
        } catch (DataFormatException e) {
            throw new ZipException("the deflated data is damaged: " + e.getMessage());
        }
    }

    private void nextPart() throws IOException {
        if (inflater.needsDictionary()) {
            throw new ZipException("the deflated data asks for a dictionary");
        }
        packed.mark(part.length);
        partBytes = packed.read(part, 0, part.length);
        if (partBytes < 0) {
            throw new EOFException("the file ends in a gzip member");
        }
        inflater.setInput(part, 0, partBytes);
    }

    private void endMember() throws IOException {
        packed.reset();
        packed.skipNBytes(partBytes - inflater.getRemaining());
        int sum = Integer.reverseBytes(packed.readInt());
        int length = Integer.reverseBytes(packed.readInt());
        if (sum != (int) crc.getValue() || length != (int) inflater.getBytesWritten()) {
            throw new ZipException("a gzip member does not match its CRC or its length");
        }
        packed.mark(1);
        int first = packed.read();
        while (first == 0) {
            packed.mark(1);
            first = packed.read();
        }
        ended = first < 0;
        if (!ended) {
            packed.reset();
            beginMember();
        }
    }

    private void beginMember() throws IOException {
        if (packed.readUnsignedByte() != 0x1f
                || packed.readUnsignedByte() != 0x8b
                || packed.readUnsignedByte() != Deflater.DEFLATED) {
            throw new ZipException("where a gzip member should begin there is none");
        }
        int flags = packed.readUnsignedByte();
        packed.skipNBytes(6);
        if ((flags & EXTRA) != 0) {
            packed.skipNBytes(packed.readUnsignedByte() | packed.readUnsignedByte() << 8);
        }
        passText((flags & NAME) != 0);
        passText((flags & COMMENT) != 0);
        packed.skipNBytes((flags & HEADER_CRC) != 0 ? 2 : 0);
        inflater.reset();
        crc.reset();
    }

    private void passText(boolean isThere) throws IOException {
        while (isThere && packed.readUnsignedByte() != 0) {
            // up to the zero that ends it
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
