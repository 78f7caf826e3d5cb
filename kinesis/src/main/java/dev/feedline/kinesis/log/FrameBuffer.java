package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Gathers frames into few, bounded writes.
final class FrameBuffer {
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);

    void add(Frame frame, Entry entry, DiskFile file) throws IOException {
        put(frame.head(entry.key(), entry.data()), file);
        put(ByteBuffer.wrap(entry.key()), file);
        put(ByteBuffer.wrap(entry.data()), file);
    }

    void flush(DiskFile file) throws IOException {
        file.append(bytes.flip());
        bytes.clear();
    }

    void clear() {
        bytes.clear();
    }

    private void put(ByteBuffer from, DiskFile file) throws IOException {
        while (from.hasRemaining()) {
            if (!bytes.hasRemaining()) {
                flush(file);
            }
            int part = Math.min(from.remaining(), bytes.remaining());
            bytes.put(bytes.position(), from, from.position(), part);
            bytes.position(bytes.position() + part);
            from.position(from.position() + part);
        }
    }
}
