package dev.feedline.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// The id of an uploaded file: 8 hex digits of its last-modified second, so that ids sort in time, and 16 of a hash
/// that tells it from every other.
public final class FileId {
    private static final int HASH_BYTES = 8;

    private FileId() {}

    /// @param version the object's version id, or its ETag in a bucket without versions
    public static String of(Instant lastModified, String bucket, String key, String version) {
        MessageDigest sha256 = sha256();
        for (String part : new String[] {bucket, key, version}) {
            byte[] bytes = part.getBytes(UTF_8);
            // Each with its length before it, so that no two triples run together to the same bytes.
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha256.update(bytes);
        }
        String hash = HexFormat.of().formatHex(sha256.digest(), 0, HASH_BYTES);
        return "%08x".formatted((int) lastModified.getEpochSecond()) + hash;
    }

    /// Refuses what cannot be an id, before it stands in a statement.
    public static void check(String fileId) {
        if (fileId.length() != 24 || !fileId.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new IllegalArgumentException("'" + fileId + "' is no file id: it has 24 hex digits");
        }
    }

    /// The last-modified second that the id begins with.
    public static Instant second(String fileId) {
        return Instant.ofEpochSecond(Long.parseLong(fileId.substring(0, 8), 16));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
