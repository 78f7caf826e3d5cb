package dev.feedline.feeds.ingest;

import dev.feedline.feeds.ContainerLimits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Lets no more bytes out of a container than its size allows.
final class ExpansionGuard extends FilterInputStream {
    private final PackedBytes packed;
    private final ContainerLimits limits;
    private long count;

    ExpansionGuard(InputStream unpacked, PackedBytes packed, ContainerLimits limits) {
        super(unpacked);
        this.packed = packed;
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        count += Math.max(0, read);
        if (count > limits.alwaysBytes() && count > packed.count() * limits.maxExpansion()) {
            throw new ExpansionException("the first " + packed.count() + " bytes of the file unpack to more than "
                    + limits.maxExpansion() + " times as many");
        }
        return read;
    }

    /// Nothing is ever promised: a buffer that asks for more than one piece would lose the first when the second fails.
    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
