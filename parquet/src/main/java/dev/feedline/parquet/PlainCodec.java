package dev.feedline.parquet;

import java.util.Arrays;

/// No compression.
final class PlainCodec implements Codec {
    @Override
    public byte[] compress(byte[] page, int from, int length, boolean texts) {
        return Arrays.copyOfRange(page, from, from + length);
    }

    @Override
    public void close() {}
}
