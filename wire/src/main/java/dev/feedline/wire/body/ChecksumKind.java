package dev.feedline.wire.body;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/// A checksum S3 takes in `x-amz-checksum-<name>`, as a header or as a trailer.
enum ChecksumKind {
    CRC32(DefaultChecksumAlgorithm.CRC32, 4),
    CRC32C(DefaultChecksumAlgorithm.CRC32C, 4),
    CRC64NVME(DefaultChecksumAlgorithm.CRC64NVME, 8),
    SHA1(DefaultChecksumAlgorithm.SHA1, 20),
    SHA256(DefaultChecksumAlgorithm.SHA256, 32);

    private static final String PREFIX = "x-amz-checksum-";

    private final ChecksumAlgorithm algorithm;
    private final int length;

    ChecksumKind(ChecksumAlgorithm algorithm, int length) {
        this.algorithm = algorithm;
        this.length = length;
    }

    static Optional<ChecksumKind> ofHeader(String header) {
        return Arrays.stream(values())
                .filter(kind -> kind.header().equals(header.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    String header() {
        return PREFIX + name().toLowerCase(Locale.ROOT);
    }

    SdkChecksum start() {
        return SdkChecksum.forAlgorithm(algorithm);
    }

    /// Says whether the text is Base64 of as many bytes as this checksum has.
    boolean isValue(String text) {
        try {
            return Base64.getDecoder().decode(text).length == length;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
