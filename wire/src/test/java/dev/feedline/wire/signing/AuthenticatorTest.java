package dev.feedline.wire.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.KeyRing;
import dev.feedline.wire.Headers;
import dev.feedline.wire.Query;
import dev.feedline.wire.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The examples of "Authenticating Requests (AWS Signature Version 4)" in the Amazon S3 API Reference, with the key,
/// the dates and the signatures printed there; and what must not be let in.
class AuthenticatorTest {
    private static final Instant DAY = Instant.parse("2013-05-24T00:00:00Z");
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final KeyRing KEYS = id -> id.equals("AKIAIOSFODNN7EXAMPLE")
            ? Optional.of(new KeyRing.Key(
                    id, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Arn.parse("arn:aws:iam::000000000000:root")))
            : Optional.empty();

    @Test
    void getObjectOfTheReferenceIsProved() {
        Proof proof = prove(getObject(), DAY);

        assertThat(proof.caller().accessKeyId()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
        assertThat(proof.mode()).isEqualTo(new PayloadMode.Hashed(EMPTY));
    }

    @Test
    void putObjectOfTheReferenceIsProved() {
        String hash = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
        RequestHead head = head("PUT", "/test%24file.text", "")
                .header("Date", "Fri, 24 May 2013 00:00:00 GMT")
                .header("x-amz-date", "20130524T000000Z")
                .header("x-amz-storage-class", "REDUCED_REDUNDANCY")
                .header("x-amz-content-sha256", hash)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"
                                + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
                .done();

        assertThat(prove(head, DAY).mode()).isEqualTo(new PayloadMode.Hashed(hash));
    }

    @Test
    void getBucketLifecycleOfTheReferenceIsProved() {
        RequestHead head = head("GET", "/", "lifecycle")
                .header("x-amz-date", "20130524T000000Z")
                .header("x-amz-content-sha256", EMPTY)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
                                + "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")
                .done();

        assertThat(prove(head, DAY)).isNotNull();
    }

    @Test
    void listObjectsOfTheReferenceIsProved() {
        RequestHead head = head("GET", "/", "max-keys=2&prefix=J")
                .header("x-amz-date", "20130524T000000Z")
                .header("x-amz-content-sha256", EMPTY)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
                                + "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
                .done();

        assertThat(prove(head, DAY)).isNotNull();
    }

    @Test
    void thePresignedUrlOfTheReferenceIsProvedForItsDay() {
        RequestHead head = presigned("86400");

        assertThat(prove(head, DAY.plus(Duration.ofHours(23))).mode()).isEqualTo(new PayloadMode.Unsigned());
        refused(head, DAY.plus(Duration.ofHours(25)), "AccessDenied", "expired");
    }

    @Test
    void aPresignedUrlHoldsAWeekAtMost() {
        refused(presigned("604801"), DAY, "AuthorizationQueryParametersError", "week");
    }

    @Test
    void aRequestIsGoodForFifteenMinutesEitherWay() {
        assertThat(prove(getObject(), DAY.plus(Duration.ofMinutes(15)))).isNotNull();
        assertThat(prove(getObject(), DAY.minus(Duration.ofMinutes(15)))).isNotNull();
        refused(getObject(), DAY.plus(Duration.ofMinutes(15).plusSeconds(1)), "RequestTimeTooSkewed", "");
        refused(getObject(), DAY.minus(Duration.ofMinutes(15).plusSeconds(1)), "RequestTimeTooSkewed", "");
    }

    @Test
    void whatIsNotSignedMayNotBeThere() {
        RequestHead head = getObject();
        head.headers().add("x-amz-acl", "public-read");

        refused(head, DAY, "AccessDenied", "x-amz-acl");
    }

    @Test
    void everySignedPartCounts() {
        refused(changed("GET", "/test.txu", "range", "bytes=0-9"), DAY, "SignatureDoesNotMatch", "");
        refused(changed("PUT", "/test.txt", "range", "bytes=0-9"), DAY, "SignatureDoesNotMatch", "");
        refused(changed("GET", "/test.txt", "range", "bytes=0-8"), DAY, "SignatureDoesNotMatch", "");
        refused(
                changed("GET", "/test.txt", "host", "examplebucket.s3.amazonaws.con"),
                DAY,
                "SignatureDoesNotMatch",
                "");
    }

    @Test
    void everyBitOfWhatIsSignedCounts() {
        RequestHead original = getObject();
        for (String name : List.of("host", "range", "x-amz-content-sha256", "x-amz-date", "authorization")) {
            String value = original.headers().first(name).orElseThrow();
            for (String flipped : flips(value)) {
                refusedAsChanged(changed("GET", "/test.txt", name, flipped), name + ": " + flipped);
            }
        }
        for (String flipped : flips("test.txt")) {
            refusedAsChanged(changed("GET", "/" + flipped, "range", "bytes=0-9"), flipped);
        }
        for (String flipped : flips("GET")) {
            refusedAsChanged(changed(flipped, "/test.txt", "range", "bytes=0-9"), flipped);
        }
    }

    private static List<String> flips(String text) {
        return IntStream.range(0, text.length() * 7)
                .mapToObj(bit -> {
                    char[] chars = text.toCharArray();
                    chars[bit / 7] ^= (char) (1 << (bit % 7));
                    return new String(chars);
                })
                .toList();
    }

    private static void refusedAsChanged(RequestHead head, String what) {
        assertThatThrownBy(() -> {
                    if (Claim.of(head) instanceof Claim.Signed signed) {
                        authenticator(DAY).proveStreaming(head, signed);
                    } else {
                        throw Authenticator.unsigned(head);
                    }
                })
                .as(what)
                .isInstanceOf(AwsServiceException.class);
    }

    @Test
    void anUnknownModeOfTheBodyIsRefused() {
        refused(
                changed("GET", "/test.txt", "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD"),
                DAY,
                "InvalidArgument",
                "");
    }

    @Test
    void anUnknownKeyIsInvalid() {
        RequestHead head = changed(
                "GET",
                "/test.txt",
                "authorization",
                getObject().headers().first("authorization").orElseThrow().replace("AKIAIOSF", "AKIAXXXX"));

        refused(head, DAY, "InvalidAccessKeyId", "");
    }

    @Test
    void anotherRegionIsRefusedWithTheRightOne() {
        RequestHead head = changed(
                "GET",
                "/test.txt",
                "authorization",
                getObject().headers().first("authorization").orElseThrow().replace("us-east-1", "eu-west-1"));

        refused(head, DAY, "AuthorizationHeaderMalformed", "us-east-1");
    }

    @Test
    void olderSignaturesAreRefusedByName() {
        RequestHead head = head("GET", "/", "")
                .header("Authorization", "AWS AKID:c2lnbmF0dXJl")
                .done();

        assertThatThrownBy(() -> Claim.of(head))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage()).contains("AWS4-HMAC-SHA256"));
    }

    /// "Query string request authentication alternative" in the S3 guide to signature version 2, with its signature.
    @Test
    void theOldPresignedUrlOfTheGuideIsProvedUntilItEnds() {
        Claim.OldPresigned claim = (Claim.OldPresigned) Claim.of(oldPresigned(""));
        Instant ends = Instant.ofEpochSecond(1_175_139_620);

        assertThat(authenticator(ends).prove(oldPresigned(""), claim).mode()).isEqualTo(new PayloadMode.Unsigned());
        assertThatThrownBy(() -> authenticator(ends.plusSeconds(1)).prove(oldPresigned(""), claim))
                .hasMessageContaining("expired");
        assertThatThrownBy(() -> authenticator(ends.minus(Duration.ofDays(8))).prove(oldPresigned(""), claim))
                .hasMessageContaining("week");
        RequestHead other =
                new RequestHead("PUT", oldPresigned("").path(), oldPresigned("").query(), new Headers());
        assertThatThrownBy(() -> authenticator(ends).prove(other, claim)).hasMessageContaining("does not match");
        assertThatThrownBy(() -> Claim.of(oldPresigned("&partsOfSomething=1"))).hasMessageContaining("not covered");
    }

    private static RequestHead oldPresigned(String more) {
        return new RequestHead(
                "GET",
                "/johnsmith/photos/puppy.jpg",
                Query.parse("AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D"
                        + "&Expires=1175139620" + more),
                new Headers().add("host", "s3.amazonaws.com"));
    }

    private static Authenticator authenticator(Instant now) {
        return new Authenticator(KEYS, () -> now, "us-east-1");
    }

    @Test
    void aRequestWithoutSignatureClaimsNothing() {
        assertThat(Claim.of(head("GET", "/", "").done())).isEqualTo(new Claim.Anonymous());
    }

    @Test
    void twoSignaturesAtOnceAreRefused() {
        RequestHead head = new RequestHead(
                "GET",
                "/",
                Query.parse("X-Amz-Algorithm=AWS4-HMAC-SHA256"),
                getObject().headers());

        assertThatThrownBy(() -> Claim.of(head)).hasMessageContaining("Only one auth mechanism");
    }

    private static RequestHead getObject() {
        return head("GET", "/test.txt", "")
                .header("Range", "bytes=0-9")
                .header("x-amz-content-sha256", EMPTY)
                .header("x-amz-date", "20130524T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
                .done();
    }

    private static RequestHead changed(String method, String path, String header, String value) {
        RequestHead head = getObject();
        return new RequestHead(method, path, head.query(), head.headers().set(header, value));
    }

    private static RequestHead presigned(String expires) {
        return head(
                        "GET",
                        "/test.txt",
                        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
                                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=" + expires
                                + "&X-Amz-SignedHeaders=host"
                                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
                .done();
    }

    private static Proof prove(RequestHead head, Instant now) {
        return authenticator(now).proveStreaming(head, (Claim.Signed) Claim.of(head));
    }

    private static void refused(RequestHead head, Instant now, String code, String message) {
        assertThatThrownBy(() -> prove(head, now)).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).contains(message);
        });
    }

    private static Building head(String method, String path, String query) {
        return new Building(method, path, query, new Headers().add("Host", "examplebucket.s3.amazonaws.com"));
    }

    private record Building(String method, String path, String query, Headers headers) {
        Building header(String name, String value) {
            headers.add(name, value);
            return this;
        }

        RequestHead done() {
            return new RequestHead(method, path, Query.parse(query), headers);
        }
    }
}
