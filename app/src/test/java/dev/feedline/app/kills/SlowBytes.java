package dev.feedline.app.kills;

import java.io.ByteArrayInputStream;
import java.time.Duration;

/// A customer's slow line: bytes that come in pieces with a pause before each.
final class SlowBytes extends ByteArrayInputStream {
    private static final int PIECES = 20;

    private final Duration pause;
    private final int piece;

    /// @param longest how long all of them take
    SlowBytes(byte[] bytes, Duration longest) {
        super(bytes);
        this.pause = longest.dividedBy(PIECES);
        this.piece = 1 + bytes.length / PIECES;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            Thread.sleep(pause); // a slow line is the point
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return super.read(target, offset, Math.min(length, piece));
    }
}
