package dev.feedline.feeds.ingest;

import dev.feedline.feeds.ContainerLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How the bytes of the rows are packed into the file, told from its first bytes.
public enum Container {
    PLAIN,
    GZIP,
    ZSTD,
    BZIP2;

    /// A cut or damaged container is one of these only when that much of its beginning is there.
    static Container of(byte[] head) {
        if (startsWith(head, 0x1f, 0x8b)) {
            return GZIP;
        }
        // A frame, or a skippable one before it: RFC 8878, sections 3.1.1 and 3.1.2.
        if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)
                || (head.length > 3
                        && (head[0] & 0xf0) == 0x50
                        && head[1] == 0x2a
                        && head[2] == 0x4d
                        && head[3] == 0x18)) {
            return ZSTD;
        }
        boolean isBzip2 = startsWith(head, 'B', 'Z', 'h')
                && head.length > 4
                && head[3] >= '1'
                && head[3] <= '9'
                && (head[4] == 0x31 || head[4] == 0x17); // the first digits of pi, or of its square root for nothing
        return isBzip2 ? BZIP2 : PLAIN;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /// The rows' bytes from `offset` on; counted in them, not in the file.
    ///
    /// Reading throws [TruncatedContainerException] where the file is cut off, [DamagedContainerException] where it
    /// contradicts itself, [ExpansionException] where it grows beyond the limits.
    public InputStream open(StoredFile file, long offset, ContainerLimits limits) throws IOException {
        if (this == PLAIN) {
            return file.open(offset);
        }
        InputStream in = unpack(file.open(0), limits);
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private InputStream unpack(InputStream packed, ContainerLimits limits) throws IOException {
        PackedBytes counted = new PackedBytes(packed);
        InputStream unpacked = switch (this) {
            case PLAIN -> counted;
            case GZIP -> new GunzipStream(counted);
            case ZSTD -> new UnzstdStream(counted);
            case BZIP2 -> new Bunzip2Stream(counted);
        };
        return new BufferedInputStream(new ExpansionGuard(unpacked, counted, limits), 64 * 1024);
    }
}
