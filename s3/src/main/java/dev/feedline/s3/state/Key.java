package dev.feedline.s3.state;

import dev.feedline.s3.error.S3Error;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An object's key as bytes: opaque, at most 1,024 of them, ordered by their unsigned values.
///
/// S3 orders keys by UTF-8 bytes, not by Java's UTF-16 units; the two differ above U+FFFF.
public final class Key {
    static final int LONGEST = 1024;

    private Key() {}

    /// The bytes of a key that a request names.
    public static byte[] bytes(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw S3Error.KEY_TOO_LONG.because(
                    "Your key is too long: " + bytes.length + " bytes; the longest has " + LONGEST);
        }
        if (bytes.length == 0 || !text(bytes).equals(key)) {
            throw S3Error.INVALID_URI.because(
                    "Couldn't parse the specified URI: the key is empty or not valid Unicode");
        }
        return bytes;
    }

    public static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /// The least key above `key`.
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /// The least byte string above everything that starts with `prefix`; UTF-8 has no byte FF, so it always exists.
    public static byte[] afterAll(byte[] prefix) {
        byte[] next = prefix.clone();
        if (next.length == 0) {
            return new byte[] {(byte) 0xff};
        }
        next[next.length - 1]++;
        return next;
    }
}
