package dev.feedline.wire.body;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// A checksum S3 takes in `x-amz-checksum-<name>`, as a header or as a trailer.
enum ChecksumKind {
    CRC32(4) {
        @Override
        Running start() {
            return cyclic(new CRC32(), 4);
        }
    },
    CRC32C(4) {
        @Override
        Running start() {
            return cyclic(new CRC32C(), 4);
        }
    },
    CRC64NVME(8) {
        @Override
        Running start() {
            return cyclic(new Crc64Nvme(), 8);
        }
    },
    SHA1(20) {
        @Override
        Running start() {
            return digest("SHA-1");
        }
    },
    SHA256(32) {
        @Override
        Running start() {
            return digest("SHA-256");
        }
    };

    private static final String PREFIX = "x-amz-checksum-";

    private final int length;

    ChecksumKind(int length) {
        this.length = length;
    }

    /// A checksum being computed.
    interface Running {
        void update(byte[] bytes, int from, int length);

        byte[] value();
    }

    abstract Running start();

    static Optional<ChecksumKind> ofHeader(String header) {
        return Arrays.stream(values())
                .filter(kind -> kind.header().equals(header.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    String header() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /// Says whether the text is Base64 of as many bytes as this checksum has.
    boolean isValue(String text) {
        try {
            return Base64.getDecoder().decode(text).length == length;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Running cyclic(Checksum checksum, int length) {
        return new Running() {
            @Override
            public void update(byte[] bytes, int from, int count) {
                checksum.update(bytes, from, count);
            }

            @Override
            public byte[] value() {
                byte[] all = ByteBuffer.allocate(Long.BYTES)
                        .putLong(checksum.getValue())
                        .array();
                return Arrays.copyOfRange(all, Long.BYTES - length, Long.BYTES);
            }
        };
    }

    private static Running digest(String algorithm) {
        MessageDigest digest = Digests.start(algorithm);
        return new Running() {
            @Override
            public void update(byte[] bytes, int from, int count) {
                digest.update(bytes, from, count);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }
}
