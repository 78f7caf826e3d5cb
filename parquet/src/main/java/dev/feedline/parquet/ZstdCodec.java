package dev.feedline.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/// Zstandard, with tables that stay in a processor's cache: numbers and ids at level 1, texts at level 1 or 3.
///
/// Level 3 takes a third longer and leaves less of some texts and more of others. Which it is with a page tells a
/// sample from its middle; so the same page always gives the same bytes. What that costs and saves stands in
/// decision 0013.
final class ZstdCodec implements Codec {
    private static final int SAMPLE = 8 << 10;
    /// Smaller pages are not worth a sample, and level 3 costs little there.
    private static final int LEAST_SAMPLED = 8 * SAMPLE;
    /// Level 3 is to save more than a hundredth.
    private static final int WORTH_WHILE = 100;

    private static final int LOG_OF_TABLE = 13;

    private final ZstdCompressCtx forNumbers = new ZstdCompressCtx().setLevel(1).setHashLog(LOG_OF_TABLE);
    private final ZstdCompressCtx fast =
            new ZstdCompressCtx().setLevel(1).setHashLog(LOG_OF_TABLE).setMinMatch(6);
    private final ZstdCompressCtx thorough = new ZstdCompressCtx()
            .setLevel(3)
            .setHashLog(LOG_OF_TABLE + 1)
            .setChainLog(LOG_OF_TABLE)
            .setMinMatch(5);
    private byte[] scratch = new byte[0];

    @Override
    public byte[] compress(byte[] page, int from, int length, boolean texts) {
        int most = Math.toIntExact(Zstd.compressBound(length));
        if (scratch.length < most) {
            scratch = new byte[most];
        }
        ZstdCompressCtx chosen = texts ? forTexts(page, from, length) : forNumbers;
        return Arrays.copyOf(scratch, compress(chosen, page, from, length));
    }

    private ZstdCompressCtx forTexts(byte[] page, int from, int length) {
        if (length < LEAST_SAMPLED) {
            return thorough;
        }
        int middle = from + (length - SAMPLE) / 2;
        int fastSize = compress(fast, page, middle, SAMPLE);
        int thoroughSize = compress(thorough, page, middle, SAMPLE);
        return thoroughSize < fastSize - fastSize / WORTH_WHILE ? thorough : fast;
    }

    private int compress(ZstdCompressCtx chosen, byte[] page, int from, int length) {
        return chosen.compressByteArray(scratch, 0, scratch.length, page, from, length);
    }

    @Override
    public void close() {
        forNumbers.close();
        fast.close();
        thorough.close();
    }
}
