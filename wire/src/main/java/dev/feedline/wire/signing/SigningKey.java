package dev.feedline.wire.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A secret narrowed to one scope; it signs requests and chunks.
final class SigningKey {
    private final byte[] key;
    private final Scope scope;

    private SigningKey(byte[] key, Scope scope) {
        this.key = key;
        this.scope = scope;
    }

    static SigningKey derive(String secret, Scope scope) {
        byte[] day = Hash.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
        byte[] region = Hash.hmac(day, scope.region());
        byte[] service = Hash.hmac(region, scope.service());
        return new SigningKey(Hash.hmac(service, "aws4_request"), scope);
    }

    /// The signature of a canonical request.
    String sign(Instant at, String canonicalRequest) {
        return signed(AuthorizationHeader.ALGORITHM, at, Hash.sha256(canonicalRequest));
    }

    /// The signature of a chunk, which hangs on the one before it.
    String signChunk(Instant at, String before, String sha256) {
        return signed("AWS4-HMAC-SHA256-PAYLOAD", at, before + "\n" + Hash.EMPTY + "\n" + sha256);
    }

    /// The signature of the trailer behind the last chunk.
    String signTrailer(Instant at, String before, String sha256) {
        return signed("AWS4-HMAC-SHA256-TRAILER", at, before + "\n" + sha256);
    }

    private String signed(String kind, Instant at, String rest) {
        return Hash.hex(Hash.hmac(key, kind + "\n" + SignedTime.text(at) + "\n" + scope.text() + "\n" + rest));
    }
}
