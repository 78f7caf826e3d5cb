package dev.feedline.feeds.ingest;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;

/// Decompresses a Zstandard file of any number of frames (RFC 8878); a cut is told from a contradiction.
///
/// A frame whose window is over 128 MiB, the library's own limit, is refused: the memory for it lies outside of Java's.
final class UnzstdStream extends FilterInputStream {
    private final PackedBytes packed;

    UnzstdStream(PackedBytes packed) throws IOException {
        super(new ZstdInputStreamNoFinalizer(packed));
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (com.github.luben.zstd.ZstdIOException e) {
            String what = String.valueOf(e.getMessage());
            if (packed.isEnded() && what.contains("Truncated")) {
                throw new TruncatedContainerException("the Zstandard data ends in the middle");
            }
            throw new DamagedContainerException("the Zstandard data is damaged: " + what);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
