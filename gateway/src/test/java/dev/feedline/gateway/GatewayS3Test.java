package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The genuine S3 client against the gateway.
class GatewayS3Test {
    @TempDir
    Path folder;

    TestGateway gateway;
    S3Client s3;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(folder);
        s3 = gateway.s3Client();
        s3.createBucket(b -> b.bucket("things"));
    }

    @AfterEach
    void stop() {
        s3.close();
        gateway.close();
    }

    @Test
    void anObjectGoesInAndComesOutAgainWithItsMetadata() {
        s3.putObject(
                b -> b.bucket("things").key("k").metadata(Map.of("colour", "red", "name", "Jürgen")),
                RequestBody.fromString("hello"));

        var got = s3.getObjectAsBytes(b -> b.bucket("things").key("k"));
        assertThat(got.asUtf8String()).isEqualTo("hello");
        assertThat(got.response().metadata()).containsEntry("colour", "red");
        assertThat(got.response().contentLength()).isEqualTo(5);
        assertThat(s3.listBuckets().buckets()).extracting("name").containsExactly("things");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//x/../d+e f", "a%2Fb", "ü/日本/😀", "[ ] |<>\"'`{}^\\", "end/", ".", "a&b=c?d#e", "con."})
    void aKeyStaysWhatItIs(String key) {
        s3.putObject(b -> b.bucket("things").key(key), RequestBody.fromString("x"));

        assertThat(gateway.s3.objects).containsKey("things/" + key);
        assertThat(s3.getObjectAsBytes(b -> b.bucket("things").key(key)).asUtf8String())
                .isEqualTo("x");
        assertThat(s3.listObjectsV2(b -> b.bucket("things")).contents())
                .extracting("key")
                .containsExactly(key);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void everyChecksumOfATrailerIsCheckedAndNamedToTheService(ChecksumAlgorithm algorithm) {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);

        s3.putObject(b -> b.bucket("things").key("k").checksumAlgorithm(algorithm), RequestBody.fromBytes(bytes));

        var stored = gateway.s3.objects.get("things/k");
        assertThat(stored.length()).isEqualTo(bytes.length);
        assertThat(stored.request().checksumAlgorithm()).isEqualTo(algorithm);
        assertThat(stored.request().contentLength()).isEqualTo(bytes.length);
        assertThat(stored.request().contentEncoding()).isNull();
    }

    @Test
    void anEmptyObjectIsAnObject() {
        s3.putObject(b -> b.bucket("things").key("empty"), RequestBody.empty());

        assertThat(s3.headObject(b -> b.bucket("things").key("empty")).contentLength())
                .isZero();
        assertThat(s3.getObjectAsBytes(b -> b.bucket("things").key("empty")).asByteArray())
                .isEmpty();
    }

    @Test
    void aChunkedUploadWithoutTrailerIsVerifiedByItsChunkSignatures() {
        try (S3Client plain = gateway.client(
                S3Client.builder()
                        .forcePathStyle(true)
                        .requestChecksumCalculation(
                                software.amazon.awssdk.core.checksums.RequestChecksumCalculation.WHEN_REQUIRED)
                        .serviceConfiguration(S3Configuration.builder()
                                .chunkedEncodingEnabled(true)
                                .build()),
                TestGateway.KEY.secret())) {
            byte[] bytes = new byte[400_000];
            new Random(8).nextBytes(bytes);
            plain.putObject(b -> b.bucket("things").key("chunks"), RequestBody.fromBytes(bytes));
            assertThat(plain.getObjectAsBytes(b -> b.bucket("things").key("chunks"))
                            .asByteArray())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void aMultipartUploadIsPutTogether() {
        String id = s3.createMultipartUpload(b -> b.bucket("things").key("big")).uploadId();
        var one = s3.uploadPart(
                b -> b.bucket("things").key("big").uploadId(id).partNumber(1), RequestBody.fromString("one"));
        var two = s3.uploadPart(
                b -> b.bucket("things").key("big").uploadId(id).partNumber(2), RequestBody.fromString("two"));
        s3.completeMultipartUpload(b -> b.bucket("things")
                .key("big")
                .uploadId(id)
                .multipartUpload(m -> m.parts(
                        CompletedPart.builder().partNumber(1).eTag(one.eTag()).build(),
                        CompletedPart.builder().partNumber(2).eTag(two.eTag()).build())));

        assertThat(s3.getObjectAsBytes(b -> b.bucket("things").key("big")).asUtf8String())
                .isEqualTo("onetwo");
    }

    @Test
    void aRangeIsPartialContent() {
        s3.putObject(b -> b.bucket("things").key("k"), RequestBody.fromString("0123456789"));

        var part = s3.getObjectAsBytes(b -> b.bucket("things").key("k").range("bytes=2-4"));

        assertThat(part.asUtf8String()).isEqualTo("234");
        assertThat(part.response().contentRange()).isEqualTo("bytes 2-4/10");
        assertThat(part.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    }

    @Test
    void whatIsUnchangedIsAnsweredWithoutABody() {
        String etag = s3.putObject(b -> b.bucket("things").key("k"), RequestBody.fromString("x"))
                .eTag();

        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(b -> b.bucket("things").key("k").ifNoneMatch(etag)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
    }

    @Test
    void aFailedPreconditionIsNamed() {
        S3Configuration noExpect = S3Configuration.builder()
                .expectContinueEnabled(false) // with it Java's URLConnection loses the body of the refusal
                .build();
        try (S3Client plain = gateway.client(
                S3Client.builder().forcePathStyle(true).serviceConfiguration(noExpect), TestGateway.KEY.secret())) {
            plain.putObject(b -> b.bucket("things").key("k"), RequestBody.fromString("x"));
            assertThatThrownBy(() -> plain.putObject(
                            b -> b.bucket("things").key("k").ifNoneMatch("*"), RequestBody.fromString("y")))
                    .isInstanceOfSatisfying(S3Exception.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(412);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
                    });
        }
    }

    @Test
    void aMissingKeyIsTheModelledException() {
        assertThatThrownBy(() -> s3.getObjectAsBytes(b -> b.bucket("things").key("none")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.headObject(b -> b.bucket("things").key("none")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void aWrongSecretDoesNotMatch() {
        try (S3Client wrong = gateway.client(S3Client.builder().forcePathStyle(true), "wrong/secret")) {
            assertThatThrownBy(wrong::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
        }
    }

    @Test
    void anOperationThatIsNotThereIsRefusedByItsName() {
        assertThatThrownBy(() -> s3.getBucketAcl(b -> b.bucket("things")))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
                    assertThat(e.awsErrorDetails().errorMessage()).contains("GetBucketAcl");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "queries", "telemetry", "api", "2018-06-01"})
    void aBucketOfAnotherProtocolsNameCannotBeCreated(String name) {
        assertThatThrownBy(() -> s3.createBucket(b -> b.bucket(name)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidBucketName"));
    }

    @Test
    void aPresignedUrlLetsAnybodyGetThatObjectAndNoOther() throws Exception {
        s3.putObject(b -> b.bucket("things").key("a b"), RequestBody.fromString("shared"));
        URI url = presignedGet("http://127.0.0.1:", true, "a b");

        assertThat(raw().get(url).body()).isEqualTo("shared");
        RawHttp.Reply other = raw().get(URI.create(url.toString().replace("a%20b", "a%20c")));
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://s3.localhost:", "http://localhost:"})
    void aBucketMayStandInTheHostsName(String base) throws Exception {
        s3.putObject(b -> b.bucket("things").key("a/b"), RequestBody.fromString("x"));

        URI url = presignedGet(base, false, "a/b");

        assertThat(url.getHost()).startsWith("things.");
        assertThat(raw().get(url).body()).isEqualTo("x");
    }

    @Test
    void aRequestWithoutSignatureIsDenied() throws Exception {
        RawHttp.Reply answer = raw().get(URI.create(gateway.endpoint() + "/things/k"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("x-amz-request-id: ");
        assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
    }

    private URI presignedGet(String base, boolean pathStyle, String key) throws Exception {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(URI.create(base + gateway.gateway.port()))
                .region(Region.US_EAST_1)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .build())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestGateway.KEY.accessKeyId(), TestGateway.KEY.secret())))
                .build()) {
            return presigner
                    .presignGetObject(b -> b.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(g -> g.bucket("things").key(key)))
                    .url()
                    .toURI();
        }
    }

    private RawHttp raw() {
        return new RawHttp(gateway.gateway.port());
    }
}
