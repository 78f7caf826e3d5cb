package dev.feedline.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/// Raw Snappy, without the framing format, as Parquet asks for it.
final class SnappyCodec implements Codec {
    private byte[] scratch = new byte[0];

    @Override
    public byte[] compress(byte[] page, int from, int length, boolean texts) throws IOException {
        int most = Snappy.maxCompressedLength(length);
        if (scratch.length < most) {
            scratch = new byte[most];
        }
        int compressed = Snappy.compress(page, from, length, scratch, 0);
        return Arrays.copyOf(scratch, compressed);
    }

    @Override
    public void close() {
        scratch = new byte[0];
    }
}
