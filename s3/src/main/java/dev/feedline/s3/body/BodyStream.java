package dev.feedline.s3.body;

import dev.feedline.kernel.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A range of a filed body, read from one segment after the other.
///
/// Every block is checked against its sum before a byte of it is handed out. A segment without sums that is read from
/// its first byte to its last is checked as a whole before its last bytes are handed out. So a damaged body ends in an
/// [IOException] and never looks complete. Closing takes the pins off.
final class BodyStream extends InputStream {
    /// A piece of one segment: `length` bytes from `offset`.
    private record Piece(Segment segment, long offset, long length) {
        boolean isWhole() {
            return length == segment.length();
        }
    }

    private final BodyFolder folder;
    private final List<String> pinned;
    private final Deque<Piece> ahead = new ArrayDeque<>();
    private final CRC32C crc32c = new CRC32C();
    private Disk.@Nullable DiskFile file;
    private byte[] block = new byte[0];
    private long blockNumber = -1;
    private long done;
    private boolean closed;

    /// @param pinned the files of the body, which this stream unpins
    BodyStream(BodyFolder folder, List<Segment> segments, long offset, long length, List<String> pinned) {
        this.folder = folder;
        this.pinned = pinned;
        long start = 0;
        for (Segment segment : segments) {
            long from = Math.max(offset, start) - start;
            long to = Math.min(offset + length, start + segment.length()) - start;
            if (from < to) {
                ahead.add(new Piece(segment, from, to - from));
            }
            start += segment.length();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        Piece piece = ahead.peek();
        if (piece == null) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        int count = read(piece, into, offset, (int) Math.min(length, piece.length() - done));
        done += count;
        if (done == piece.length()) {
            finish(piece);
        }
        return count;
    }

    @Override
    public int available() {
        Piece piece = ahead.peek();
        return piece == null ? 0 : (int) Math.min(Integer.MAX_VALUE, piece.length() - done);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                closeFile();
            } finally {
                folder.unpin(pinned);
            }
        }
    }

    private int read(Piece piece, byte[] into, int offset, int length) throws IOException {
        if (file == null) {
            file = folder.open(piece.segment().file());
        }
        BlockSums sums = piece.segment().sums();
        if (sums != null) {
            return readChecked(piece, sums, file, into, offset, length);
        }
        int count = file.read(ByteBuffer.wrap(into, offset, length), piece.offset() + done);
        if (count <= 0) {
            throw damaged(
                    piece,
                    "it ends after " + (piece.offset() + done) + " of "
                            + piece.segment().length() + " bytes");
        }
        crc32c.update(into, offset, count);
        return count;
    }

    private int readChecked(Piece piece, BlockSums sums, Disk.DiskFile open, byte[] into, int offset, int length)
            throws IOException {
        long at = piece.offset() + done;
        long number = at / BlockSums.BLOCK_BYTES;
        if (number != blockNumber) {
            load(piece, sums, open, number);
        }
        int from = (int) (at % BlockSums.BLOCK_BYTES);
        int count = Math.min(length, block.length - from);
        System.arraycopy(block, from, into, offset, count);
        return count;
    }

    private void load(Piece piece, BlockSums sums, Disk.DiskFile open, long number) throws IOException {
        long start = number * BlockSums.BLOCK_BYTES;
        byte[] bytes =
                new byte[(int) Math.min(BlockSums.BLOCK_BYTES, piece.segment().length() - start)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (open.read(buffer, start + buffer.position()) <= 0) {
                throw damaged(
                        piece,
                        "it ends after " + (start + buffer.position()) + " of "
                                + piece.segment().length() + " bytes");
            }
        }
        if (!sums.isRight((int) number, bytes, bytes.length)) {
            throw damaged(piece, "its bytes " + start + " to " + (start + bytes.length) + " are not those written");
        }
        block = bytes;
        blockNumber = number;
    }

    private void finish(Piece piece) throws IOException {
        int computed = (int) crc32c.getValue();
        if (piece.segment().sums() == null
                && piece.isWhole()
                && computed != piece.segment().crc32c()) {
            throw damaged(
                    piece,
                    "its CRC-32C is " + Integer.toHexString(computed) + ", written was "
                            + Integer.toHexString(piece.segment().crc32c()));
        }
        crc32c.reset();
        ahead.remove();
        done = 0;
        blockNumber = -1;
        closeFile();
    }

    private IOException damaged(Piece piece, String how) {
        return new IOException("The body file " + folder.path(piece.segment().file()) + " is damaged: " + how
                + ". None of it was served: check the disk and restore the file from a copy.");
    }

    private void closeFile() throws IOException {
        Disk.DiskFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
