package dev.feedline.feeds.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GunzipStreamTest {
    private final byte[] two = joined(gzip("first\n"), gzip("second\n"));

    @Test
    void membersFollowEachOtherThoughTheNetworkHasNothingAvailable() throws IOException {
        assertThat(gunzip(two)).isEqualTo("first\nsecond\n");
    }

    @Test
    void emptyMembersAreMembers() throws IOException {
        assertThat(gunzip(joined(gzip(""), gzip("x")))).isEqualTo("x");
    }

    @Test
    void zeroBytesBehindTheLastMemberArePadding() throws IOException {
        assertThat(gunzip(joined(two, new byte[512]))).isEqualTo("first\nsecond\n");
    }

    @Test
    void everyCutIsATruncationAndLosesNothingBeforeIt() throws IOException {
        int firstMember = gzip("first\n").length;
        for (int length = 1; length < two.length; length++) {
            byte[] cut = Arrays.copyOf(two, length);
            if (length != firstMember) {
                assertThatThrownBy(() -> gunzip(cut))
                        .as("cut at %d", length)
                        .isInstanceOf(TruncatedContainerException.class);
            }
        }
        assertThat(gunzip(Arrays.copyOf(two, firstMember))).isEqualTo("first\n");
    }

    @Test
    void aChangedBitInTheCrcIsDamage() {
        byte[] changed = two.clone();
        changed[changed.length - 8] ^= 1;
        assertThatThrownBy(() -> gunzip(changed))
                .isInstanceOf(DamagedContainerException.class)
                .hasMessageContaining("CRC-32");
    }

    @Test
    void somethingElseBehindAMemberIsDamage() {
        assertThatThrownBy(() -> gunzip(joined(two, "garbage".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(DamagedContainerException.class);
    }

    private static String gunzip(byte[] bytes) throws IOException {
        ByteArrayInputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(3, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        try (GunzipStream in = new GunzipStream(slow)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
