package dev.feedline.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The file from front to back, and how far it has come.
final class FileOutput {
    /// What every Parquet file begins and ends with.
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private static final int PIECE_BYTES = 128 << 10;

    private final OutputStream out;
    private long position;

    FileOutput(OutputStream out) {
        this.out = out;
    }

    long position() {
        return position;
    }

    // In pieces: streams of files copy what they are given, and so it is still in the processor's cache.
    void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
            out.write(bytes, at, Math.min(PIECE_BYTES, bytes.length - at));
        }
        position += bytes.length;
    }

    void flush() throws IOException {
        out.flush();
    }
}
