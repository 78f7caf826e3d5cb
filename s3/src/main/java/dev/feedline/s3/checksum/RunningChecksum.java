package dev.feedline.s3.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Checksum;

/// A checksum being computed over bytes as they pass.
public interface RunningChecksum {
    void update(byte[] bytes, int offset, int length);

    /// The value over all bytes so far, most significant byte first; called once.
    byte[] value();

    static RunningChecksum of(Checksum checksum, int bytes) {
        return new RunningChecksum() {
            @Override
            public void update(byte[] data, int offset, int length) {
                checksum.update(data, offset, length);
            }

            @Override
            public byte[] value() {
                byte[] all = ByteBuffer.allocate(8).putLong(checksum.getValue()).array();
                return java.util.Arrays.copyOfRange(all, 8 - bytes, 8);
            }
        };
    }

    static RunningChecksum of(String digest) {
        MessageDigest running = digest(digest);
        return new RunningChecksum() {
            @Override
            public void update(byte[] data, int offset, int length) {
                running.update(data, offset, length);
            }

            @Override
            public byte[] value() {
                return running.digest();
            }
        };
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}
