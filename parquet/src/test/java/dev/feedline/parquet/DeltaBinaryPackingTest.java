package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaBinaryPackingTest {
    /// Both examples of Encodings.md, whose blocks have one miniblock of eight: here as a block of 128
    /// in four, so that header and padding are others.
    @Test
    void theExamplesOfTheFormat() {
        // Deltas 1 1 1 1 are no bits above the least, 1.
        assertThat(hex(8, 1, 2, 3, 4, 5)).isEqualTo("80010405" + "02" + "02" + "00000000");
        // Deltas -2 -2 -2 1 1 1 1 are 0 0 0 3 3 3 3 above the least, -2, in two bits.
        assertThat(hex(8, 7, 5, 3, 1, 2, 3, 4, 5))
                .isEqualTo("80010408" + "0e" + "03" + "02000000" + "c03f000000000000");
    }

    @Test
    void nothingIsAHeader() {
        assertThat(hex(8)).isEqualTo("8001040000");
        assertThat(hex(4, -3)).isEqualTo("8001040105");
    }

    @Test
    void whatIsSortedTakesFewBits() {
        assertThat(encode(
                                8,
                                LongStream.range(0, 10_000)
                                        .map(i -> 1_700_000_000_000_000L + i * 1_000)
                                        .toArray())
                        .length)
                .isLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void parquetJavaReadsWhatItWas(int width) throws Exception {
        var random = new Random(width);
        LongUnaryOperator[] kinds = {
            i -> 0,
            i -> i,
            i -> -i * 1_000_003,
            i -> random.nextLong(),
            i -> random.nextLong() >> random.nextInt(64),
            i -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE,
            i -> i % 2 == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE,
            i -> i / 100 % 2 == 0 ? 5 : random.nextLong()
        };
        for (int count : new int[] {1, 2, 31, 32, 33, 34, 127, 128, 129, 130, 1_000, 5_000}) {
            for (var kind : kinds) {
                long[] values = LongStream.range(0, count)
                        .map(kind)
                        .map(value -> width == 4 ? (int) value : value)
                        .toArray();
                assertThat(decode(encode(width, values), width, count)).isEqualTo(values);
            }
        }
    }

    private static long[] decode(byte[] bytes, int width, int count) throws Exception {
        var reader = new DeltaBinaryPackingValuesReader();
        reader.initFromPage(count, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes)));
        var values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = width == 4 ? reader.readInteger() : reader.readLong();
        }
        return values;
    }

    private static String hex(int width, long... values) {
        return HexFormat.of().formatHex(encode(width, values));
    }

    private static byte[] encode(int width, long... values) {
        var plain = new ByteBuilder(3, 64);
        for (long value : values) {
            if (width == 4) {
                plain.putInt((int) value);
            } else {
                plain.putLong(value);
            }
        }
        var out = new ByteBuilder(64);
        new DeltaBinaryPacking(out).write(plain, width);
        return out.toByteArray();
    }
}
