package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RleBitPackingTest {
    @Test
    void zeroToSevenInThreeBitsIsTheExampleOfTheFormat() {
        // Encodings.md: 10001000 11000110 11111010, behind the header of one group.
        assertThat(hex(3, 0, 1, 2, 3, 4, 5, 6, 7)).isEqualTo("0388c6fa");
    }

    @Test
    void eightEqualValuesAreARun() {
        assertThat(hex(1, 1, 1, 1, 1, 1, 1, 1, 1)).isEqualTo("1001");
        assertThat(hex(10, IntStream.generate(() -> 0x2A5).limit(100).toArray()))
                .isEqualTo("c801a502");
    }

    /// Two bytes of header and value, and a header behind them: no run where it takes more than it saves.
    @Test
    void aShortRunAmongPackedValuesIsPacked() {
        assertThat(hex(1, concat(alternating(8), ones(24), alternating(8)))).isEqualTo("0baaffffffaa");
        assertThat(hex(1, concat(alternating(8), ones(32), alternating(8)))).isEqualTo("03aa400103aa");
        assertThat(hex(2, concat(alternating(8), ones(8), alternating(8)))).isEqualTo("07444455554444");
        assertThat(hex(2, concat(alternating(8), ones(16), alternating(8)))).isEqualTo("0344442001034444");
        assertThat(hex(4, concat(alternating(8), ones(8), alternating(8)))).isEqualTo("03101010101001031010" + "1010");
    }

    @Test
    void sevenEqualValuesArePackedWithPadding() {
        assertThat(hex(1, 1, 1, 1, 1, 1, 1, 1)).isEqualTo("037f");
    }

    @Test
    void aWidthOfZeroBitsNeedsOnlyTheCount() {
        assertThat(hex(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).isEqualTo("12");
        assertThat(hex(0, 0, 0, 0)).isEqualTo("03");
    }

    @Test
    void nothingIsNoBytes() {
        assertThat(hex(4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 12, 17, 24, 31})
    void everythingDecodesToWhatItWas(int bitWidth) {
        var random = new Random(bitWidth);
        for (int count : new int[] {1, 7, 8, 9, 63, 64, 65, 503, 504, 505, 512, 513, 5_000}) {
            for (int longestRun : new int[] {1, 3, 8, 9, 40}) {
                int[] values = runs(random, bitWidth, count, longestRun);
                assertThat(decode(encode(bitWidth, values), bitWidth, count)).isEqualTo(values);
                if (bitWidth <= Byte.SIZE) {
                    assertThat(encodeBytes(bitWidth, values)).isEqualTo(encode(bitWidth, values));
                }
            }
        }
    }

    private static int[] alternating(int count) {
        return IntStream.range(0, count).map(i -> i & 1).toArray();
    }

    private static int[] ones(int count) {
        return IntStream.generate(() -> 1).limit(count).toArray();
    }

    private static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static int[] runs(Random random, int bitWidth, int count, int longestRun) {
        var values = new int[count];
        for (int at = 0; at < count; ) {
            int end = Math.min(count, at + 1 + random.nextInt(longestRun));
            Arrays.fill(values, at, end, random.nextInt() >>> (Integer.SIZE - bitWidth));
            at = end;
        }
        return values;
    }

    private static byte[] encode(int bitWidth, int... values) {
        var out = new ByteBuilder(0);
        new RleBitPacking(out, bitWidth).write(values, 0, values.length);
        return out.toByteArray();
    }

    private static byte[] encodeBytes(int bitWidth, int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        var out = new ByteBuilder(0);
        new RleBitPacking(out, bitWidth).write(bytes, 0, bytes.length);
        return out.toByteArray();
    }

    private static String hex(int bitWidth, int... values) {
        return HexFormat.of().formatHex(encode(bitWidth, values));
    }

    private static int[] decode(byte[] bytes, int bitWidth, int count) {
        var values = new int[count];
        int at = 0;
        for (int value = 0; value < count; ) {
            int header = 0;
            for (int shift = 0; ; shift += 7) {
                header |= (bytes[at] & 0x7F) << shift;
                if (bytes[at++] >= 0) {
                    break;
                }
            }
            if ((header & 1) == 0) {
                int repeated = (int) bits(bytes, at * 8L, bitWidth);
                at += (bitWidth + 7) / 8;
                for (int i = 0; i < header >> 1; i++) {
                    values[value++] = repeated;
                }
            } else {
                for (int i = 0; i < (header >> 1) * 8 && value < count; i++) {
                    values[value++] = (int) bits(bytes, at * 8L + (long) i * bitWidth, bitWidth);
                }
                at += (header >> 1) * bitWidth;
            }
        }
        assertThat(at).isEqualTo(bytes.length);
        return values;
    }

    private static long bits(byte[] bytes, long from, int width) {
        long bits = 0;
        for (int i = 0; i < width; i++) {
            long bit = from + i;
            bits |= (long) (bytes[(int) (bit / 8)] >> bit % 8 & 1) << i;
        }
        return bits;
    }
}
