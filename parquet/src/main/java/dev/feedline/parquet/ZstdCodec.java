package dev.feedline.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/// Zstandard at level 3, the level that other Parquet writers take: a faster one saves little, a slower one little
/// space.
final class ZstdCodec implements Codec {
    private static final int LEVEL = 3;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private byte[] scratch = new byte[0];

    @Override
    public byte[] compress(byte[] page, int from, int length) {
        int most = Math.toIntExact(Zstd.compressBound(length));
        if (scratch.length < most) {
            scratch = new byte[most];
        }
        int compressed = context.compressByteArray(scratch, 0, most, page, from, length);
        return Arrays.copyOf(scratch, compressed);
    }

    @Override
    public void close() {
        context.close();
    }
}
