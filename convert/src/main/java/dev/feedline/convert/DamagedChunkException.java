package dev.feedline.convert;

import java.io.IOException;

/// The rows that landed are not those that the chunk's record tells of; nothing was put into the lake.
final class DamagedChunkException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedChunkException(ReadyChunk chunk, String what) {
        super("chunk " + chunk.name() + " of feed " + chunk.feed() + ": " + what);
    }
}
