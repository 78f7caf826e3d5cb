package dev.feedline.wire.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.KeyRing;
import dev.feedline.wire.Headers;
import dev.feedline.wire.Query;
import dev.feedline.wire.RequestHead;
import dev.feedline.wire.signing.Authenticator;
import dev.feedline.wire.signing.Claim;
import dev.feedline.wire.signing.UnsignedProofs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// "Signature Calculations … Transferring Payload in Multiple Chunks" of the Amazon S3 API Reference: 66,560 bytes of
/// `a` in chunks of 64 KiB, with the signatures printed there. And every way a body can be other than was said.
class VerifiedBodyTest {
    private static final Instant DAY = Instant.parse("2013-05-24T00:00:00Z");
    private static final String FIRST = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
    private static final String SECOND = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
    private static final String LAST = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
    private static final KeyRing KEYS = id -> Optional.of(new KeyRing.Key(
            id, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Arn.parse("arn:aws:iam::000000000000:root")));

    @Test
    void theChunksOfTheReferenceAreVerified() throws IOException {
        VerifiedBody body = reference(referenceChunks(FIRST, SECOND, LAST, 'a'));

        assertThat(body.readAllBytes()).hasSize(66_560).containsOnly('a');
        assertThat(body.isVerified()).isTrue();
    }

    @Test
    void theLastBytesAreWithheldUntilEverythingWasChecked() throws IOException {
        VerifiedBody body = reference(referenceChunks(FIRST, SECOND, LAST.replace('b', 'c'), 'a'));

        assertThat(body.readNBytes(65_536)).hasSize(65_536);
        assertThatThrownBy(() -> body.readNBytes(1024)).hasMessageContaining("signature of a chunk");
        assertThatThrownBy(body::read).isSameAs(body.failure().orElseThrow());
        assertThat(body.isVerified()).isFalse();
    }

    @Test
    void aChangedByteIsNotTheSignedChunk() {
        VerifiedBody body = reference(referenceChunks(FIRST, SECOND, LAST, 'b'));

        refused(body, "SignatureDoesNotMatch");
    }

    @Test
    void theHeadAfterwardsSpeaksOfTheContentAlone() {
        RequestHead head =
                unsigned(3, "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n", "x-amz-checksum-crc32");
        head.headers().set("content-encoding", "aws-chunked,gzip");

        RequestHead after = body(head, "").unchunked(head);

        assertThat(after.headers().first("content-length")).contains("3");
        assertThat(after.headers().first("content-encoding")).contains("gzip");
        assertThat(after.headers().first("x-amz-sdk-checksum-algorithm")).contains("CRC32");
    }

    // CRC-32 and CRC-32C (RFC 3720's polynomial) of "abc"; SHA from FIPS 180.
    @ParameterizedTest
    @CsvSource({
        "crc32, NSRBwg==",
        "crc32c, Nks/tw==",
        "sha1, qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        "sha256, ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
    })
    void aChecksumInATrailerIsChecked(String kind, String value) throws IOException {
        String trailer = "x-amz-checksum-" + kind;
        String chunks = "2\r\nab\r\n1\r\nc\r\n0\r\n" + trailer + ":" + value + "\r\n\r\n";

        assertThat(body(unsigned(3, chunks, trailer), chunks).readAllBytes())
                .asString()
                .isEqualTo("abc");
        String other = chunks.replace("ab", "xb");
        refused(body(unsigned(3, other, trailer), other), "BadDigest");
    }

    @Test
    void crc64NvmeIsThePublishedOne() {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9);

        assertThat(crc.getValue()).isEqualTo(0xae8b14860a799888L); // the check value of the NVM Express specification
    }

    @ParameterizedTest
    @CsvSource({
        "'3\r\nabc\r\n0\r\n\r\n', MalformedTrailerError",
        "'3\r\nabc\r\n0\r\nx-amz-checksum-sha1:x\r\n\r\n', MalformedTrailerError",
        "'3\r\nabc\r\n0\r\nrubbish\r\n\r\n', MalformedTrailerError",
        "'3\r\nabc\r\n0\r\nx-amz-checksum-crc32:short\r\n\r\n', InvalidRequest",
        "'3\r\nabc', IncompleteBody",
        "'2\r\nab\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n', IncompleteBody",
        "'4\r\nabcd\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n', InvalidRequest",
        "'3\r\nabcd\r\n0\r\n\r\n', InvalidRequest",
        "'-3\r\nabc\r\n0\r\n\r\n', InvalidRequest",
        "'+3\r\nabc\r\n0\r\n\r\n', InvalidRequest",
        "' 3\r\nabc\r\n0\r\n\r\n', InvalidRequest",
        "'0x3\r\nabc\r\n0\r\n\r\n', InvalidRequest",
        "'ffffffffffffffff3\r\nabc\r\n0\r\n\r\n', InvalidRequest",
        "'3\nabc\n0\n\n', InvalidRequest",
        "'3;x=y\r\nabc\r\n0\r\n\r\n', InvalidRequest",
        "'3;chunk-signature=00\r\nabc\r\n0\r\n\r\n', InvalidRequest",
        "'', IncompleteBody"
    })
    void framingThatIsNotWhatItSaysIsRefused(String chunks, String code) {
        refused(body(unsigned(3, chunks, "x-amz-checksum-crc32"), chunks), code);
    }

    @Test
    void anEndlessChunkLineIsCutOff() {
        String chunks = "3".repeat(100_000);

        refused(body(unsigned(3, chunks, "x-amz-checksum-crc32"), chunks), "InvalidRequest");
    }

    @Test
    void aTrailerThatNobodyKnowsIsRefusedBeforeReading() {
        assertThatThrownBy(() -> body(unsigned(3, "", "x-amz-meta-late"), ""))
                .hasMessageContaining("x-amz-trailer header is not supported");
    }

    @Test
    void aHashedBodyIsComparedWithItsHash() throws IOException {
        String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180: "abc"

        assertThat(body(plain(hash, 3), "abc").readAllBytes()).asString().isEqualTo("abc");
        refused(body(plain(hash, 3), "abd"), "XAmzContentSHA256Mismatch");
        refused(body(plain(hash, 3), "ab"), "IncompleteBody");
    }

    @Test
    void anEmptyBodyIsCheckedToo() {
        String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        refused(body(plain(hash, 0), ""), "XAmzContentSHA256Mismatch");
    }

    @Test
    void contentMd5IsChecked() throws IOException {
        RequestHead head = plain("UNSIGNED-PAYLOAD", 3);
        head.headers().add("content-md5", "kAFQmDzST7DWlj99KOF/cg=="); // RFC 1321: "abc"

        assertThat(body(head, "abc").readAllBytes()).hasSize(3);
        refused(body(head, "abd"), "BadDigest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kAFQ", "not base64!", ""})
    void aContentMd5ThatIsNoneIsRefusedBeforeReading(String md5) {
        RequestHead head = plain("UNSIGNED-PAYLOAD", 3);
        head.headers().add("content-md5", md5);

        assertThatThrownBy(() -> body(head, "abc")).hasMessageContaining("Content-MD5");
    }

    @Test
    void aChecksumHeaderIsChecked() throws IOException {
        RequestHead head = plain("UNSIGNED-PAYLOAD", 3);
        head.headers().add("x-amz-checksum-crc32", "NSRBwg==");

        assertThat(body(head, "abc").readAllBytes()).hasSize(3);
        refused(body(head, "abd"), "BadDigest");
    }

    private static VerifiedBody reference(byte[] chunks) {
        RequestHead head = new RequestHead(
                "PUT",
                "/examplebucket/chunkObject.txt",
                Query.parse(""),
                new Headers()
                        .add("host", "s3.amazonaws.com")
                        .add("x-amz-date", "20130524T000000Z")
                        .add("x-amz-storage-class", "REDUCED_REDUNDANCY")
                        .add("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                        .add("content-encoding", "aws-chunked")
                        .add("x-amz-decoded-content-length", "66560")
                        .add("content-length", "66824")
                        .add(
                                "authorization",
                                "AWS4-HMAC-SHA256 "
                                        + "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                        + "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;"
                                        + "x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,"
                                        + "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"));
        Authenticator authenticator = new Authenticator(KEYS, () -> DAY, "us-east-1");
        return VerifiedBody.of(
                head,
                authenticator.proveStreaming(head, (Claim.Signed) Claim.of(head)),
                new ByteArrayInputStream(chunks));
    }

    private static byte[] referenceChunks(String first, String second, String last, char of) {
        return ("10000;chunk-signature=" + first + "\r\n" + String.valueOf(of).repeat(65_536) + "\r\n"
                        + "400;chunk-signature=" + second + "\r\n"
                        + String.valueOf(of).repeat(1024) + "\r\n"
                        + "0;chunk-signature=" + last + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static RequestHead unsigned(int length, String chunks, String trailer) {
        Headers headers = new Headers()
                .add("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
                .add("x-amz-trailer", trailer)
                .add("x-amz-decoded-content-length", Integer.toString(length))
                .add("content-length", Integer.toString(chunks.length()));
        return new RequestHead("PUT", "/b/k", Query.parse(""), headers);
    }

    private static RequestHead plain(String mode, int length) {
        Headers headers =
                new Headers().add("x-amz-content-sha256", mode).add("content-length", Integer.toString(length));
        return new RequestHead("PUT", "/b/k", Query.parse(""), headers);
    }

    private static VerifiedBody body(RequestHead head, String bytes) {
        return VerifiedBody.of(
                head, UnsignedProofs.of(head), new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    private static void refused(VerifiedBody body, String code) {
        assertThatThrownBy(body::readAllBytes)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
