package dev.feedline.s3.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64NvmeTest {
    @Test
    void theCheckValueIsThatOfTheCatalogue() {
        // CRC-64/NVME over "123456789" in the CRC RevEng catalogue.
        assertThat(crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xae8b14860a799888L);
        assertThat(crc(new byte[0])).isZero();
    }

    @Test
    void bytesOneByOneAndAllAtOnceGiveTheSame() {
        for (int length = 0; length < 64; length++) {
            byte[] bytes = bytes(length);
            Crc64Nvme single = new Crc64Nvme();
            for (byte one : bytes) {
                single.update(one);
            }
            assertThat(single.getValue()).isEqualTo(crc(bytes));
        }
    }

    @Test
    void theCrcOfTheWholeFollowsFromThoseOfItsParts() {
        for (Algorithm algorithm : new Algorithm[] {Algorithm.CRC32, Algorithm.CRC32C, Algorithm.CRC64NVME}) {
            for (int cut : new int[] {0, 1, 999, 5000, 9999, 10_000}) {
                byte[] whole = bytes(10_000);
                long joined = algorithm
                        .combination()
                        .joined(
                                value(algorithm, Arrays.copyOf(whole, cut)),
                                value(algorithm, Arrays.copyOfRange(whole, cut, whole.length)),
                                whole.length - cut);
                assertThat(joined).isEqualTo(value(algorithm, whole));
            }
        }
    }

    private static long crc(byte[] bytes) {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }

    private static long value(Algorithm algorithm, byte[] bytes) {
        RunningChecksum running = algorithm.start();
        running.update(bytes, 0, bytes.length);
        byte[] value = running.value();
        return ByteBuffer.allocate(8)
                .put(new byte[8 - value.length])
                .put(value)
                .flip()
                .getLong();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
