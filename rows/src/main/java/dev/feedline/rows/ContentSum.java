package dev.feedline.rows;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A 128-bit sum over the good rows of a chunk that does not depend on their order: the first 16 bytes
/// of each row's SHA-256, added modulo 2^128. Two sets of rows with the same count and sum are the same
/// rows.
///
/// A row is hashed as its number and its length (8 bytes each, big-endian) and its bytes as sent,
/// without the mark. A row added twice counts twice.
public final class ContentSum {
    private final MessageDigest sha256;
    private final ByteBuffer prefix = ByteBuffer.allocate(2 * Long.BYTES);
    private long high;
    private long low;

    public ContentSum() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Adds a row by its bytes as sent, without the mark: see [Mark#asSent].
    public void add(long row, byte[] sent) {
        start(row, sent.length);
        sha256.update(sent);
        finish();
    }

    /// Adds a row as it arrived, with its mark.
    public void add(Marked marked) {
        start(marked.row(), marked.originalLength());
        sha256.update(marked.buffer(), marked.from(), marked.markFrom() - marked.from());
        sha256.update(marked.buffer(), marked.markTo(), marked.to() - marked.markTo());
        finish();
    }

    /// The sum as 32 hex digits.
    public String hex() {
        return String.format("%016x%016x", high, low);
    }

    private void start(long row, long length) {
        sha256.update(prefix.clear().putLong(row).putLong(length).flip());
    }

    private void finish() {
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
        long addHigh = hash.getLong();
        long addLow = hash.getLong();
        low += addLow;
        high += addHigh + (Long.compareUnsigned(low, addLow) < 0 ? 1 : 0);
    }
}
