package dev.feedline.convert;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
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
    private @Nullable RandomAccessFile file;
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

    /// The file loses its name at once, so that nothing is left of it when the process is killed.
    private void spill() throws IOException {
        Path spilled = Files.createTempFile("feedline-", ".spool");
        RandomAccessFile opened = new RandomAccessFile(spilled.toFile(), "rw");
        file = opened;
        Files.delete(spilled);
        OutputStream out = new java.io.BufferedOutputStream(new FileOutputStream(opened.getFD()), 64 * 1024);
        toFile = out;
        memory.writeTo(out);
        memory.reset();
    }

    public long length() {
        return length;
    }

    /// Reads from the first byte; may be called again for another reading, but not written to meanwhile.
    public InputStream read() throws IOException {
        if (file == null || toFile == null) {
            return new ByteArrayInputStream(memory.toByteArray());
        }
        toFile.flush();
        return new BufferedInputStream(new Content(file), 64 * 1024);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close(); // what is still buffered belongs to nobody any more
        }
    }

    /// The file by position, so that several readings do not disturb each other.
    private static final class Content extends InputStream {
        private final RandomAccessFile file;
        private long position;

        Content(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            synchronized (file) {
                file.seek(position);
                int read = file.read(into, offset, count);
                position += Math.max(0, read);
                return read;
            }
        }
    }
}
