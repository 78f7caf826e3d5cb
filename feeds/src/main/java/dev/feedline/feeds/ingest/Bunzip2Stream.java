package dev.feedline.feeds.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/// Decompresses a bzip2 file of any number of streams; a cut is told from a contradiction.
final class Bunzip2Stream extends InputStream {
    private final PackedBytes packed;
    private @Nullable InputStream in;
    private @Nullable IOException fault;

    Bunzip2Stream(PackedBytes packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// Byte by byte: asked for many, the library loses those that it had when it met a fault.
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (fault != null) {
            throw fault;
        }
        int count = 0;
        try {
            InputStream open = open();
            while (count < length) {
                int value = open.read();
                if (value < 0) {
                    break;
                }
                target[offset + count++] = (byte) value;
            }
        } catch (IOException e) {
            fault = judged(e);
            if (count == 0) {
                throw fault;
            }
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    /// The library reads the first block at once, so that its faults are met here, too.
    private InputStream open() throws IOException {
        InputStream open =
                in == null ? new BZip2CompressorInputStream(new BufferedInputStream(packed, 64 * 1024), true) : in;
        in = open;
        return open;
    }

    /// What is cut off wants more than there is; what is damaged does not add up before.
    private IOException judged(IOException e) {
        String what = String.valueOf(e.getMessage());
        return packed.isEnded() && !what.contains("CRC") && !what.contains("Garbage")
                ? new TruncatedContainerException("the bzip2 data ends in the middle")
                : new DamagedContainerException("the bzip2 data is damaged: " + what);
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }
}
