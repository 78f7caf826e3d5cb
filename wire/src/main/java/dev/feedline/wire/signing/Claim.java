package dev.feedline.wire.signing;

import dev.feedline.wire.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a request says about who sends it; proved only by the [Authenticator].
public sealed interface Claim {
    /// Nobody in particular.
    record Anonymous() implements Claim {}

    /// The holder of a key.
    ///
    /// @param signedHeaders names in lower case, in the order they were signed
    /// @param at when it was signed, by the sender's clock
    /// @param validFor how long a presigned URL holds; empty for a request signed in its headers
    record Signed(Scope scope, List<String> signedHeaders, String signature, Instant at, Optional<Duration> validFor)
            implements Claim {
        boolean isPresigned() {
            return validFor.isPresent();
        }
    }

    /// The holder of a key, by a URL presigned in S3's signature version 2.
    ///
    /// @param until when the URL ends
    record OldPresigned(String accessKeyId, Instant until, String signature) implements Claim {}

    /// Reads the claim of a request, wherever it stands.
    static Claim of(RequestHead head) {
        String authorization = head.headers().first("authorization").orElse("");
        boolean inHeader = authorization.startsWith("AWS");
        boolean inQuery = head.query().has("X-Amz-Algorithm") || head.query().has("X-Amz-Signature");
        boolean inOldQuery = head.query().has("AWSAccessKeyId");
        if ((inHeader && (inQuery || inOldQuery)) || (inQuery && inOldQuery)) {
            throw SigningError.TWO_WAYS.of(
                    "s3", "Only one auth mechanism allowed: the Authorization header or X-Amz-Algorithm, not both.");
        }
        if (inHeader) {
            return AuthorizationHeader.parse(authorization, head);
        }
        if (inOldQuery) {
            return OldPresignedQuery.parse(head);
        }
        return inQuery ? PresignedQuery.parse(head) : new Anonymous();
    }
}
