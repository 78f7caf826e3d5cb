package dev.feedline.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The file from front to back, and how far it has come.
final class FileOutput {
    /// What every Parquet file begins and ends with.
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private long position;

    FileOutput(OutputStream out) {
        this.out = out;
    }

    long position() {
        return position;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    void flush() throws IOException {
        out.flush();
    }
}
