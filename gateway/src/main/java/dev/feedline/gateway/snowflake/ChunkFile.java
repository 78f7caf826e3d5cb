package dev.feedline.gateway.snowflake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One chunk of a result: a stretch of the result's file.
public record ChunkFile(Path file, long offset, long length) {
    public void copyTo(OutputStream out) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            WritableByteChannel to = Channels.newChannel(out);
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            long at = offset;
            long end = offset + length;
            while (at < end) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
                int read = in.read(buffer, at);
                if (read < 0) {
                    throw new IOException(
                            "the result's file " + file.getFileName() + " ends at " + at + ", not at " + end);
                }
                at += read;
                to.write(buffer.flip());
            }
        }
    }
}
