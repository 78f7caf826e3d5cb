package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
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
        String[] words = new String[2000];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.toString(random.nextLong() >>> 30, Character.MAX_RADIX);
        }
        return page(i -> words[(int) Math.abs(random.nextGaussian() * words.length / 4) % words.length] + " ");
    }

    /// Addresses of which nothing but the last digits is new.
    private static byte[] addresses() {
        Random random = new Random(1);
        return page(i -> "https://api.example.com/users/user-" + random.nextInt(60_000) + ",");
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
    void whatNeedsMoreCareGetsIt() {
        byte[] page = prose();
        try (ZstdCodec codec = new ZstdCodec()) {
            int asTexts = codec.compress(page, 0, page.length, true).length;
            int asNumbers = codec.compress(page, 0, page.length, false).length;
            assertThat(asTexts).isLessThan(asNumbers - asNumbers / 100);
        }
    }

    @Test
    void aPageIsTheSameBytesWhateverCameBefore() {
        byte[] addresses = addresses();
        try (ZstdCodec codec = new ZstdCodec()) {
            byte[] first = codec.compress(addresses, 0, addresses.length, true);
            codec.compress(prose(), 0, PAGE, true);
            assertThat(codec.compress(addresses, 0, addresses.length, true)).isEqualTo(first);
        }
    }
}
