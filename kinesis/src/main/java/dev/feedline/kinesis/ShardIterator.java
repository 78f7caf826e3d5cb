package dev.feedline.kinesis;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A place in a shard, as a client carries it around: the next index to read, and when the iterator
/// was given out.
record ShardIterator(long streamId, int shard, long next, long issuedMillis) {
    /// How long an iterator may be used (Amazon Kinesis, GetShardIterator).
    static final long LIFE_MILLIS = 5 * 60 * 1000;

    private static final int BYTES = 28;
    private static final int SEAL_BYTES = 16;

    /// Turns iterators to text and back. The text is sealed: it carries the right to read a shard,
    /// so it can be neither made nor altered by a client.
    static final class Seal {
        private final SecretKeySpec key;

        Seal(String hexKey) {
            this.key = new SecretKeySpec(HexFormat.of().parseHex(hexKey), "HmacSHA256");
        }

        String seal(ShardIterator iterator) {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES + SEAL_BYTES);
            bytes.putLong(iterator.streamId)
                    .putInt(iterator.shard)
                    .putLong(iterator.next)
                    .putLong(iterator.issuedMillis);
            bytes.put(mac(Arrays.copyOf(bytes.array(), BYTES)), 0, SEAL_BYTES);
            return Base64.getEncoder().encodeToString(bytes.array());
        }

        ShardIterator open(String text) {
            byte[] bytes = decode(text);
            if (bytes.length != BYTES + SEAL_BYTES
                    || !MessageDigest.isEqual(
                            Arrays.copyOfRange(bytes, BYTES, bytes.length),
                            Arrays.copyOf(mac(Arrays.copyOf(bytes, BYTES)), SEAL_BYTES))) {
                throw KinesisError.INVALID_ARGUMENT.exception("Invalid ShardIterator.");
            }
            ByteBuffer fields = ByteBuffer.wrap(bytes);
            return new ShardIterator(fields.getLong(), fields.getInt(), fields.getLong(), fields.getLong());
        }

        private static byte[] decode(String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw KinesisError.INVALID_ARGUMENT.exception("Invalid ShardIterator.", e);
            }
        }

        private byte[] mac(byte[] bytes) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return mac.doFinal(bytes);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        }
    }
}
