package dev.feedline.convert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Bytes written once and then read as often as needed: in memory while they are few, in a temporary file beyond.
///
/// Closing it removes the file.
public final class Spool extends OutputStream {
    /// What stays in memory.
    private static final int MEMORY_BYTES = 256 * 1024;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(1024);
    private @Nullable Path file;
    private @Nullable OutputStream toFile;
    private long length;

    /// A spool that already holds these bytes.
    public static Spool of(byte[] bytes) {
        Spool spool = new Spool();
        try {
            spool.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return spool;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (toFile == null && length + count > MEMORY_BYTES) {
            spill();
        }
        (toFile == null ? memory : toFile).write(bytes, offset, count);
        length += count;
    }

    private void spill() throws IOException {
        Path spilled = Files.createTempFile("feedline-", ".spool");
        OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(spilled), 64 * 1024);
        file = spilled;
        toFile = out;
        memory.writeTo(out);
        memory.reset();
    }

    public long length() {
        return length;
    }

    /// Reads from the first byte; may be called again for another reading.
    public InputStream read() throws IOException {
        if (file == null || toFile == null) {
            return new ByteArrayInputStream(memory.toByteArray());
        }
        toFile.flush();
        return Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        if (file != null && toFile != null) {
            toFile.close();
            Files.deleteIfExists(file);
        }
    }
}
