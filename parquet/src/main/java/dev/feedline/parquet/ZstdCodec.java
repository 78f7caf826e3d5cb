package dev.feedline.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/// Zstandard: texts nearly as other Parquet writers have them, at level 3, but with tables that stay in a
/// processor's cache; numbers and ids at level 1.
///
/// What that costs and saves stands in decision 0013.
final class ZstdCodec implements Codec {
    private static final int LEVEL_OF_TEXTS = 3;
    private static final int LOG_OF_TABLES = 13;
    private static final int LEVEL_OF_NUMBERS = 1;

    private final ZstdCompressCtx forTexts = new ZstdCompressCtx()
            .setLevel(LEVEL_OF_TEXTS)
            .setHashLog(LOG_OF_TABLES)
            .setChainLog(LOG_OF_TABLES);
    private final ZstdCompressCtx forNumbers = new ZstdCompressCtx().setLevel(LEVEL_OF_NUMBERS);
    private byte[] scratch = new byte[0];

    @Override
    public byte[] compress(byte[] page, int from, int length, boolean texts) {
        int most = Math.toIntExact(Zstd.compressBound(length));
        if (scratch.length < most) {
            scratch = new byte[most];
        }
        int compressed = (texts ? forTexts : forNumbers).compressByteArray(scratch, 0, most, page, from, length);
        return Arrays.copyOf(scratch, compressed);
    }

    @Override
    public void close() {
        forTexts.close();
        forNumbers.close();
    }
}
