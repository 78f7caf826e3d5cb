package dev.feedline.kinesis;

import java.math.BigInteger;
import java.util.Optional;

/// A record's number in its stream: strictly growing within a shard, and naming the shard it
/// belongs to.
///
/// As at AWS it is the decimal form of 47 hexadecimal digits: `2`, 9 for the second the stream was
/// created, 1 for the shard's last digit, 16 for the index in the shard, `00`, 9 for the second of
/// arrival, 8 for the shard, `2`. The index outweighs the second of arrival, so a clock that is set
/// back does no harm.
record SequenceNumber(long createdSecond, long index, long arrivalSecond, int shard) {
    private static final int DIGITS = 47;
    private static final long LARGEST_SECOND = (1L << 36) - 1;

    /// @throws IllegalArgumentException when the text is no sequence number
    static SequenceNumber parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not a sequence number: " + text));
    }

    static Optional<SequenceNumber> tryParse(String text) {
        if (!text.matches("[1-9]\\d{0,56}")) {
            return Optional.empty();
        }
        String hex = new BigInteger(text).toString(16);
        if (hex.length() != DIGITS || hex.charAt(0) != '2' || !hex.endsWith("2") || !hex.startsWith("00", 27)) {
            return Optional.empty();
        }
        long shard = Long.parseLong(hex, 38, 46, 16);
        boolean fits = shard <= Integer.MAX_VALUE
                && Character.digit(hex.charAt(10), 16) == (shard & 0xf)
                && hex.charAt(11) < '8';
        return fits
                ? Optional.of(new SequenceNumber(
                        Long.parseLong(hex, 1, 10, 16),
                        Long.parseLong(hex, 11, 27, 16),
                        Long.parseLong(hex, 29, 38, 16),
                        (int) shard))
                : Optional.empty();
    }

    @Override
    public String toString() {
        String hex = "2%09x%01x%016x00%09x%08x2"
                .formatted(createdSecond & LARGEST_SECOND, shard & 0xf, index, arrivalSecond & LARGEST_SECOND, shard);
        return new BigInteger(hex, 16).toString();
    }
}
