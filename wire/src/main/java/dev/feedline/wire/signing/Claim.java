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

    /// Reads the claim of a request, wherever it stands.
    static Claim of(RequestHead head) {
        String authorization = head.headers().first("authorization").orElse("");
        boolean inHeader = authorization.startsWith("AWS");
        boolean inQuery = head.query().has("X-Amz-Algorithm") || head.query().has("X-Amz-Signature");
        if (head.query().has("AWSAccessKeyId")) {
            throw SigningError.UNSUPPORTED.of("s3", "Signature version 2 is not supported. Use AWS4-HMAC-SHA256.");
        }
        if (inHeader && inQuery) {
            throw SigningError.TWO_WAYS.of(
                    "s3", "Only one auth mechanism allowed: the Authorization header or X-Amz-Algorithm, not both.");
        }
        if (inHeader) {
            return AuthorizationHeader.parse(authorization, head);
        }
        return inQuery ? PresignedQuery.parse(head) : new Anonymous();
    }
}
