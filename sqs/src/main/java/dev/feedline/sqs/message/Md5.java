package dev.feedline.sqs.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The MD5 sums by which clients verify what SQS stored ("Calculating the MD5 message digest for message attributes"
/// in the SQS developer guide).
final class Md5 {
    private static final byte STRING = 1;
    private static final byte BINARY = 2;

    private Md5() {}

    static String ofBody(String body) {
        return HexFormat.of().formatHex(digest().digest(body.getBytes(StandardCharsets.UTF_8)));
    }

    /// Null for no attributes at all.
    static @Nullable String ofAttributes(Map<String, MessageAttributeValue> attributes) {
        if (attributes.isEmpty()) {
            return null;
        }
        MessageDigest digest = digest();
        new TreeMap<>(attributes).forEach((name, value) -> {
            update(digest, name.getBytes(StandardCharsets.UTF_8));
            update(digest, value.dataType().getBytes(StandardCharsets.UTF_8));
            boolean binary = value.binaryValue() != null;
            digest.update(binary ? BINARY : STRING);
            update(
                    digest,
                    binary
                            ? value.binaryValue().asByteArrayUnsafe()
                            : value.stringValue().getBytes(StandardCharsets.UTF_8));
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
