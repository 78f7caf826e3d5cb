package dev.feedline.feeds.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a container, counted, which knows whether their end was met.
final class PackedBytes extends FilterInputStream {
    private long count;
    private boolean ended;

    PackedBytes(InputStream in) {
        super(in);
    }

    /// How many were read.
    long count() {
        return count;
    }

    /// Whether somebody wanted more than there were.
    boolean isEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        counted(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return counted(in.read(target, offset, length));
    }

    private int counted(int read) {
        ended |= read < 0;
        count += Math.max(0, read);
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
