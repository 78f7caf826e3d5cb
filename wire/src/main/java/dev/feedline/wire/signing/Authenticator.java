package dev.feedline.wire.signing;

import dev.feedline.kernel.Caller;
import dev.feedline.kernel.KeyRing;
import dev.feedline.wire.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The one place where a request proves who sent it. It returns the proof or throws; there is no third way out.
public final class Authenticator {
    /// How far the sender's clock may be off, as AWS has it.
    private static final Duration SKEW = Duration.ofMinutes(15);

    private static final String S3 = "s3";

    private final KeyRing keys;
    private final InstantSource clock;
    private final String region;

    public Authenticator(KeyRing keys, InstantSource clock, String region) {
        this.keys = keys;
        this.clock = clock;
        this.region = region;
    }

    /// Proves a request to S3, whose body is checked while it streams.
    ///
    /// @throws AwsServiceException when the claim does not hold
    public Proof proveStreaming(RequestHead head, Claim.Signed claim) {
        return prove(head, claim, PayloadMode.ofS3(head, claim));
    }

    /// Proves a request whose whole body is at hand.
    ///
    /// @throws AwsServiceException when the claim does not hold
    public Proof prove(RequestHead head, Claim.Signed claim, byte[] body) {
        return prove(head, claim, new PayloadMode.Hashed(Hash.sha256(body)));
    }

    /// What a request without any signature gets: nothing here is public.
    public static AwsServiceException unsigned(RequestHead head) {
        return SigningError.NOT_SIGNED.of(
                head.headers().has("x-amz-target") ? "" : S3,
                head.headers().has("x-amz-target") ? "Missing Authentication Token" : "Access Denied");
    }

    private Proof prove(RequestHead head, Claim.Signed claim, PayloadMode mode) {
        String service = claim.scope().service();
        requireRegion(claim);
        requireTime(claim);
        requireSignedHeaders(head, claim);
        refuseSessionToken(head, service);
        KeyRing.Key key = key(claim.scope().accessKeyId(), service);
        SigningKey signing = SigningKey.derive(key.secret(), claim.scope());
        String expected = signing.sign(claim.at(), CanonicalRequest.of(head, claim, mode.text()));
        if (!Hash.same(expected, claim.signature())) {
            throw wrongSignature(service);
        }
        Optional<ChunkSigner> chunks = mode instanceof PayloadMode.SignedChunks
                ? Optional.of(new ChunkSigner(signing, claim.at(), expected))
                : Optional.empty();
        return new Proof(callerOf(key), mode, chunks);
    }

    /// Proves a URL presigned in signature version 2, which says nothing about the body.
    ///
    /// @param head in path style
    /// @throws AwsServiceException when the claim does not hold
    public Proof prove(RequestHead head, Claim.OldPresigned claim) {
        Instant now = clock.instant();
        refuseSessionToken(head, S3);
        if (now.isAfter(claim.until())) {
            throw SigningError.EXPIRED.of(S3, "Request has expired");
        }
        if (claim.until().isAfter(now.plus(PresignedQuery.LONGEST))) {
            throw SigningError.EXPIRED.of(S3, "Expires must be less than a week from now.");
        }
        KeyRing.Key key = key(claim.accessKeyId(), S3);
        if (!Hash.same(OldPresignedQuery.sign(head, claim, key.secret()), claim.signature())) {
            throw wrongSignature(S3);
        }
        return new Proof(callerOf(key), new PayloadMode.Unsigned(), Optional.empty());
    }

    private KeyRing.Key key(String accessKeyId, String service) {
        return keys.find(accessKeyId)
                .orElseThrow(() -> SigningError.UNKNOWN_KEY.of(
                        service,
                        service.equals(S3)
                                ? "The AWS Access Key Id you provided does not exist in our records."
                                : "The security token included in the request is invalid."));
    }

    private static Caller callerOf(KeyRing.Key key) {
        return new Caller(key.accessKeyId(), key.principal());
    }

    private static AwsServiceException wrongSignature(String service) {
        return SigningError.WRONG_SIGNATURE.of(
                service,
                "The request signature we calculated does not match the signature you provided."
                        + " Check your key and signing method.");
    }

    private void requireRegion(Claim.Signed claim) {
        if (!claim.scope().region().equals(region)) {
            throw SigningError.MALFORMED_HEADER.of(
                    claim.scope().service(),
                    "The region '" + claim.scope().region() + "' is wrong; expecting '" + region + "'.");
        }
    }

    private void requireTime(Claim.Signed claim) {
        String service = claim.scope().service();
        Instant now = clock.instant();
        if (!SignedTime.text(claim.at()).startsWith(claim.scope().date())) {
            throw SigningError.WRONG_SIGNATURE.of(service, "The credential's date is not the day of X-Amz-Date.");
        }
        if (claim.at().isAfter(now.plus(SKEW))) {
            throw SigningError.SKEWED.of(service, skewed());
        }
        if (claim.validFor().isPresent()) {
            if (now.isAfter(claim.at().plus(claim.validFor().get()))) {
                throw SigningError.EXPIRED.of(service, "Request has expired");
            }
        } else if (claim.at().isBefore(now.minus(SKEW))) {
            throw SigningError.SKEWED.of(service, skewed());
        }
    }

    private static String skewed() {
        return "The difference between the request time and the current time is too large.";
    }

    /// What is not signed could be changed on the way: the host, and everything AWS gives a meaning to.
    private static void requireSignedHeaders(RequestHead head, Claim.Signed claim) {
        List<String> signed = claim.signedHeaders();
        List<String> forgotten = head.headers().names().stream()
                .filter(name -> name.equals("host") || name.startsWith("x-amz-"))
                .filter(name -> !signed.contains(name))
                .toList();
        if (!forgotten.isEmpty()) {
            throw SigningError.HEADER_NOT_SIGNED.of(
                    claim.scope().service(),
                    "There were headers present in the request which were not signed: " + String.join(", ", forgotten));
        }
        if (!head.headers().has("host")) {
            throw SigningError.HEADER_NOT_SIGNED.of(claim.scope().service(), "The request names no host.");
        }
    }

    private static void refuseSessionToken(RequestHead head, String service) {
        boolean given =
                head.headers().has("x-amz-security-token") || head.query().has("X-Amz-Security-Token");
        if (given) {
            throw SigningError.NO_SESSIONS.of(
                    service, "The provided token is malformed or otherwise invalid: Feedline gives out no sessions.");
        }
    }
}
