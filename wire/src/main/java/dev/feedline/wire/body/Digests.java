package dev.feedline.wire.body;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digests every Java has.
final class Digests {
    private Digests() {}

    static MessageDigest start(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
