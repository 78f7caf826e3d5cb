package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Account;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.model.StsException;

class AwsClientsTest {
    @Test
    void aBucketOfThePipelineThatIsAnotherAccountsIsRefusedAtEveryRequest(@TempDir Path folder) throws Exception {
        try (TestingFeedline aws = TestingFeedline.start(folder, "feeds: {}")) {
            Keys keys = aws.reach().server().keys();
            AwsAccess access = new AwsAccess(
                    aws.reach().server().endpoint(),
                    Region.US_EAST_1,
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())));
            try (AwsClients clients = AwsClients.at(access, new Account("111122223333", "us-east-1"))) {
                String source = clients.buckets().source();
                S3Client s3 = clients.s3();
                s3.createBucket(create -> create.bucket(source)); // of the double's account, 000000000000
                assertForbidden(() -> s3.putObject(put -> put.bucket(source).key("a"), RequestBody.fromString("a")));
                assertForbidden(() -> s3.listObjectsV2(list -> list.bucket(source)));
                assertForbidden(() -> s3.getBucketNotificationConfiguration(get -> get.bucket(source)));
                assertThat(aws.s3().listObjectsV2(list -> list.bucket(source)).contents())
                        .isEmpty();

                s3.createBucket(create -> create.bucket("anybodys"));
                s3.putObject(put -> put.bucket("anybodys").key("a"), RequestBody.fromString("a"));
                assertForbidden(() -> s3.copyObject(copy -> copy.sourceBucket(source)
                        .sourceKey("a")
                        .destinationBucket("anybodys")
                        .destinationKey("b")));
            }
        }
    }

    private static void assertForbidden(Supplier<?> request) {
        assertThatThrownBy(request::get)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void aProfileOfSsoIsTriedAndWhatItLacksIsSaid() {
        ProfileFile file = ProfileFile.builder()
                .type(ProfileFile.Type.CONFIGURATION)
                .content(new ByteArrayInputStream("""
                        [profile team]
                        sso_session = feedline-test
                        sso_account_id = 111122223333
                        sso_role_name = Feeds
                        region = eu-central-1
                        [sso-session feedline-test]
                        sso_region = eu-central-1
                        sso_start_url = https://feedline-test.example/start
                        """.getBytes(UTF_8)))
                .build();
        AwsCredentialsProvider chain = AwsCredentialsProviderChain.of(ProfileCredentialsProvider.builder()
                .profileFile(file)
                .profileName("team")
                .build());
        assertThatThrownBy(() -> AwsClients.open(new AwsAccess(null, Region.EU_CENTRAL_1, chain)))
                .hasMessageContaining("there are no credentials for it: set AWS_ACCESS_KEY_ID")
                .hasMessageContaining("Looked at: [ProfileCredentialsProvider(")
                .hasMessageContaining("oken") // a login's token, which nobody has fetched
                .hasMessageNotContaining("class path");
    }

    @Test
    void onlyWhatIsOfTheCredentialsIsSaidOfThem() {
        assertThat(AwsClients.refusal(refused(403, "InvalidClientTokenId"), "eu-central-1"))
                .hasMessageStartingWith("AWS does not take the credentials for the pipeline's S3 and SQS: ");
        assertThat(AwsClients.refusal(refused(400, "ExpiredToken"), "eu-central-1"))
                .hasMessageStartingWith("AWS does not take the credentials for the pipeline's S3 and SQS: ");
        assertThat(AwsClients.refusal(refused(503, "ServiceUnavailable"), "eu-central-1"))
                .hasMessage("AWS does not answer (STS in eu-central-1): as it says (ServiceUnavailable)");
        assertThat(AwsClients.refusal(refused(400, "Throttling"), "eu-central-1"))
                .hasMessage("AWS does not answer (STS in eu-central-1): as it says (Throttling)");
    }

    private static AwsServiceException refused(int status, String code) {
        return StsException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("as it says")
                        .build())
                .build();
    }
}
