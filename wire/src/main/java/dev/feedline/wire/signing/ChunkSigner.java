package dev.feedline.wire.signing;

import java.time.Instant;

/// Continues a request's signature over the chunks of its body, each hanging on the one before.
public final class ChunkSigner {
    private final SigningKey key;
    private final Instant at;
    private String before;

    ChunkSigner(SigningKey key, Instant at, String seed) {
        this.key = key;
        this.at = at;
        this.before = seed;
    }

    /// Says whether this is the signature of the next chunk, which has this hash.
    public boolean isNext(String sha256, String signature) {
        before = key.signChunk(at, before, sha256);
        return Hash.same(before, signature);
    }

    /// Says whether this is the signature of the trailer, which has this hash.
    public boolean isTrailer(String sha256, String signature) {
        before = key.signTrailer(at, before, sha256);
        return Hash.same(before, signature);
    }
}
