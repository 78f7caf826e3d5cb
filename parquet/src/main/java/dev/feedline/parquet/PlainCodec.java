package dev.feedline.parquet;

import java.util.Arrays;

/// No compression.
final class PlainCodec implements Codec {
    @Override
    public byte[] compress(byte[] page, int length) {
        return Arrays.copyOf(page, length);
    }

    @Override
    public void close() {}
}
