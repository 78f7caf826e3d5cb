package dev.feedline.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream's first bytes.
final class FirstBytes extends FilterInputStream {
    private long left;

    FirstBytes(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(into, from, (int) Math.min(most, left));
        left -= Math.max(count, 0);
        return count;
    }
}
