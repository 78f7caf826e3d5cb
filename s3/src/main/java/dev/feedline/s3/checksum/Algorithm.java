package dev.feedline.s3.checksum;

import java.util.Locale;
import java.util.Optional;

/// The checksum algorithms a caller may choose for an object, under their wire names.
public enum Algorithm {
    CRC32("ChecksumCRC32", 0xEDB88320L, 32),
    CRC32C("ChecksumCRC32C", 0x82F63B78L, 32),
    CRC64NVME("ChecksumCRC64NVME", Crc64Nvme.REFLECTED_POLYNOMIAL, 64),
    SHA1("ChecksumSHA1", 0, 0),
    SHA256("ChecksumSHA256", 0, 0);

    private final String member;
    private final long polynomial;
    private final int crcBits;

    Algorithm(String member, long polynomial, int crcBits) {
        this.member = member;
        this.polynomial = polynomial;
        this.crcBits = crcBits;
    }

    /// The member of SDK requests and responses that carries a value of this algorithm.
    public String member() {
        return member;
    }

    /// What follows `x-amz-checksum-` in the header's name.
    public String headerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Says whether the checksum of a whole can be computed from those of its parts.
    public boolean combines() {
        return crcBits > 0;
    }

    public CrcCombination combination() {
        return new CrcCombination(polynomial, crcBits);
    }

    public RunningChecksum start() {
        return switch (this) {
            case CRC32 -> RunningChecksum.of(new java.util.zip.CRC32(), 4);
            case CRC32C -> RunningChecksum.of(new java.util.zip.CRC32C(), 4);
            case CRC64NVME -> RunningChecksum.of(new Crc64Nvme(), 8);
            case SHA1 -> RunningChecksum.of("SHA-1");
            case SHA256 -> RunningChecksum.of("SHA-256");
        };
    }

    public static Optional<Algorithm> named(String name) {
        for (Algorithm one : values()) {
            if (one.name().equals(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
