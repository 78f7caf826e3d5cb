package dev.feedline.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// The 128-bit space that partition keys are spread over by their MD5.
final class HashKeys {
    static final BigInteger COUNT = BigInteger.TWO.pow(128);
    static final BigInteger LAST = COUNT.subtract(BigInteger.ONE);

    private HashKeys() {}

    /// A part of the space; both ends belong to it.
    record Range(BigInteger start, BigInteger end) {}

    static BigInteger of(String partitionKey) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return new BigInteger(1, md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /// The space in equal parts; the last takes what division leaves over.
    static List<Range> split(int parts) {
        BigInteger width = COUNT.divide(BigInteger.valueOf(parts));
        List<Range> ranges = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            BigInteger start = width.multiply(BigInteger.valueOf(i));
            BigInteger end = i == parts - 1 ? LAST : start.add(width).subtract(BigInteger.ONE);
            ranges.add(new Range(start, end));
        }
        return ranges;
    }
}
