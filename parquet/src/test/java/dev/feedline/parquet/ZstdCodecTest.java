package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// Which level a page of texts takes is found by a sample of it; whichever it is, the page can be read.
class ZstdCodecTest {
    private static final int PAGE = 1 << 20;

    /// Words by chance, of which level 3 leaves less.
    private static byte[] prose() {
        Random random = new Random(1);
        String[] words = new String[200];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.toString(random.nextLong() >>> 40, Character.MAX_RADIX);
        }
        return page(i -> words[(int) Math.abs(random.nextGaussian() * words.length / 4) % words.length] + " ");
    }

    /// Coordinates as texts, of which level 3 leaves more.
    private static byte[] coordinates() {
        Random random = new Random(1);
        return page(i -> (random.nextInt(180) - 90) + "." + random.nextInt(100_000) + ", ");
    }

    private static byte[] page(IntFunction<String> text) {
        StringBuilder page = new StringBuilder();
        for (int i = 0; page.length() < PAGE; i++) {
            page.append(text.apply(i));
        }
        return page.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aPageIsReadAsItWas() {
        byte[] page = prose();
        try (ZstdCodec codec = new ZstdCodec()) {
            for (int length : new int[] {0, 1, 8191, 65_535, 65_536, 65_537, PAGE}) {
                for (boolean texts : new boolean[] {true, false}) {
                    byte[] compressed = codec.compress(page, 7, length - (length == PAGE ? 7 : 0), texts);
                    byte[] read = Zstd.decompress(compressed, PAGE);
                    assertThat(read).isEqualTo(Arrays.copyOfRange(page, 7, 7 + read.length));
                    assertThat(read.length).isEqualTo(length - (length == PAGE ? 7 : 0));
                }
            }
        }
    }

    @Test
    void eachPageHasTheLevelThatSuitsIt() {
        try (ZstdCodec codec = new ZstdCodec();
                ZstdCompressCtx fast =
                        new ZstdCompressCtx().setLevel(1).setHashLog(13).setMinMatch(6);
                ZstdCompressCtx thorough = new ZstdCompressCtx()
                        .setLevel(3)
                        .setHashLog(14)
                        .setChainLog(13)
                        .setMinMatch(5)) {
            byte[] prose = prose();
            assertThat(thorough.compress(prose)).hasSizeLessThan(fast.compress(prose).length);
            assertThat(codec.compress(prose, 0, prose.length, true)).isEqualTo(thorough.compress(prose));
            byte[] coordinates = coordinates();
            assertThat(fast.compress(coordinates)).hasSizeLessThan(thorough.compress(coordinates).length);
            assertThat(codec.compress(coordinates, 0, coordinates.length, true)).isEqualTo(fast.compress(coordinates));
        }
    }

    @Test
    void aPageIsTheSameBytesWhateverCameBefore() {
        byte[] coordinates = coordinates();
        try (ZstdCodec codec = new ZstdCodec()) {
            byte[] first = codec.compress(coordinates, 0, coordinates.length, true);
            codec.compress(prose(), 0, PAGE, true);
            assertThat(codec.compress(coordinates, 0, coordinates.length, true)).isEqualTo(first);
        }
    }
}
