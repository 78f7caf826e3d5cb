package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.KeyRing;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class GatewayS3Test {
    static final KeyRing.Key KEY = new KeyRing.Key(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            Arn.parse("arn:aws:iam::000000000000:root"));
    static final KeyRing KEYS = id -> id.equals(KEY.accessKeyId()) ? Optional.of(KEY) : Optional.empty();

    @TempDir
    Path folder;

    TemporaryS3 store;
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        store = new TemporaryS3(folder);
        gateway = Gateway.start(
                GatewaySettings.of("127.0.0.1", 0), List.of(new Mounted("s3", S3Client.class, store)), KEYS, List.of());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anObjectGoesInAndComesOutAgainWithItsMetadata() {
        try (S3Client s3 = client(KEY.secret())) {
            s3.createBucket(b -> b.bucket("things"));
            s3.putObject(
                    b -> b.bucket("things").key("a b/ü+c").metadata(Map.of("colour", "red")),
                    RequestBody.fromString("hello"));
            var got = s3.getObjectAsBytes(b -> b.bucket("things").key("a b/ü+c"));
            assertThat(got.asUtf8String()).isEqualTo("hello");
            assertThat(got.response().metadata()).containsEntry("colour", "red");
            assertThat(s3.listBuckets().buckets()).extracting("name").containsExactly("things");
        }
    }

    @Test
    void aMissingKeyIsTheModelledException() {
        try (S3Client s3 = client(KEY.secret())) {
            assertThatThrownBy(() -> s3.getObjectAsBytes(b -> b.bucket("things").key("none")))
                    .isInstanceOf(NoSuchKeyException.class);
        }
    }

    @Test
    void aWrongSecretDoesNotMatch() {
        try (S3Client s3 = client("wrong/secret")) {
            assertThatThrownBy(s3::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
        }
    }

    S3Client client(String secret) {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + gateway.port()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY.accessKeyId(), secret)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
