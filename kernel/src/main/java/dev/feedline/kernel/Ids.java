package dev.feedline.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Where new identifiers come from: secure random numbers in the product, a seed in simulations.
public final class Ids {
    private final RandomGenerator random;

    private Ids(RandomGenerator random) {
        this.random = random;
    }

    public static Ids secure() {
        return new Ids(new SecureRandom());
    }

    /// Identifiers that a seed repeats.
    public static Ids seeded(RandomGenerator random) {
        return new Ids(random);
    }

    /// `digits` lower-case hexadecimal digits (an even number).
    public String hex(int digits) {
        byte[] bytes = new byte[digits / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// A version 4 UUID.
    public UUID uuid() {
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /// `length` characters of `alphabet`.
    public String text(int length, String alphabet) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
