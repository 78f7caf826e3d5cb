package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Reads the frames of a segment one after the other, by position and never past a limit; every one
/// is verified.
final class FrameReader {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final DiskFile file;
    private final long limit;
    private final boolean verifies;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private long position;

    /// What the reader met.
    sealed interface Next {
        record Good(Frame frame) implements Next {}

        /// No frame that could have been written so; `position` is where it should have begun.
        record Bad(long position, String reason) implements Next {}

        record End() implements Next {}
    }

    /// @param position where a frame begins
    /// @param limit the first byte that is not read
    /// @param verifies false only in trials that show what the checksum is for
    FrameReader(DiskFile file, long position, long limit, boolean verifies) {
        this.file = file;
        this.position = position;
        this.limit = limit;
        this.verifies = verifies;
    }

    /// The next frame; its body can be read with [#record] until the next call.
    Next next() throws IOException {
        if (position >= limit) {
            return new Next.End();
        }
        if (!fill(Frame.HEAD_BYTES)) {
            return new Next.Bad(position, "it ends within the head of a record");
        }
        int at = buffer.position();
        if (buffer.getInt(at) != Frame.MAGIC) {
            return new Next.Bad(position, "no record begins here");
        }
        int bodyBytes = buffer.getInt(at + 8);
        int kind = buffer.getShort(at + 12);
        int keyBytes = buffer.getShort(at + 14);
        if (bodyBytes < 0 || bodyBytes > Frame.LARGEST_BODY_BYTES || keyBytes < 0 || keyBytes > bodyBytes) {
            return new Next.Bad(position, "the record's length is impossible");
        }
        if (!fill(Frame.HEAD_BYTES + bodyBytes)) {
            return new Next.Bad(position, "it ends within a record");
        }
        return verified(buffer.position(), kind, keyBytes, bodyBytes);
    }

    /// The record of the frame read last.
    LogRecord record(Frame frame) {
        int body = buffer.position() - frame.bodyBytes();
        int data = body + frame.keyBytes();
        byte[] bytes = buffer.array();
        return new LogRecord(
                frame.index(),
                frame.arrivalMillis(),
                new String(bytes, body, frame.keyBytes(), StandardCharsets.UTF_8),
                Arrays.copyOfRange(bytes, data, buffer.position()));
    }

    private Next verified(int at, int kind, int keyBytes, int bodyBytes) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), at + 8, Frame.HEAD_BYTES - 8 + bodyBytes);
        boolean intact = (int) crc.getValue() == buffer.getInt(at + 4) || !verifies;
        if (!intact || kind < 0 || kind >= Frame.Kind.values().length) {
            return new Next.Bad(position, "the checksum is wrong");
        }
        Frame frame = new Frame(
                position,
                Frame.Kind.values()[kind],
                keyBytes,
                bodyBytes,
                buffer.getLong(at + 16),
                buffer.getLong(at + 24),
                buffer.getLong(at + 32));
        buffer.position(at + Frame.HEAD_BYTES + bodyBytes);
        position = frame.end();
        return new Next.Good(frame);
    }

    /// Says whether that many bytes lie before the limit, and has them in the buffer then.
    private boolean fill(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return true;
        }
        if (limit - position < bytes) {
            return false;
        }
        ByteBuffer larger = buffer.capacity() >= bytes ? buffer : ByteBuffer.allocate(bytes);
        int kept = buffer.remaining();
        System.arraycopy(buffer.array(), buffer.position(), larger.array(), 0, kept);
        buffer = larger.clear().position(kept);
        buffer.limit((int) Math.min(buffer.capacity(), limit - position));
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        buffer.flip();
        return buffer.remaining() >= bytes;
    }
}
