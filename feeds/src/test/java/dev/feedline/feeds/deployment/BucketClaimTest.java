package dev.feedline.feeds.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.feeds.Buckets;
import dev.feedline.testkit.InMemoryS3;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class BucketClaimTest {
    private static final Buckets BUCKETS = Buckets.of("111122223333", "eu-central-1");
    private static final AwsStorage.Claimant MINE = new AwsStorage.Claimant("1", "the data folder /a on m");
    private static final AwsStorage.Claimant OTHERS = new AwsStorage.Claimant("2", "the data folder /b on n");

    private final InMemoryS3 s3 = new InMemoryS3(InstantSource.system());
    private final BucketClaim claim = new BucketClaim(s3, BUCKETS);

    @BeforeEach
    void create() {
        s3.createBucket(create -> create.bucket(BUCKETS.landing()));
    }

    @Test
    void whoCameFirstHasTheBucketsAndComesBack() {
        claim.take(MINE);
        assertThatThrownBy(() -> claim.take(OTHERS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("feedline-111122223333-eu-central-1-source")
                .hasMessageContaining("belong to the pipeline of the data folder /a on m, which alone");
        assertThatCode(() -> claim.take(MINE)).doesNotThrowAnyException();
    }

    @Test
    void ofTwoWhoAskAtOnceOneIsRefused() {
        BucketClaim atOnce = new BucketClaim(new Conflict(s3, 409), BUCKETS);
        claim.take(MINE);
        assertThatThrownBy(() -> atOnce.take(OTHERS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the data folder /a on m");
        assertThatCode(() -> atOnce.take(MINE)).doesNotThrowAnyException();
    }

    @Test
    void aRefusalOfAnotherKindIsNoAnswerToTheQuestion() {
        claim.take(MINE);
        assertThatThrownBy(() -> new BucketClaim(new Conflict(s3, 403), BUCKETS).take(MINE))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    /// Answers every put so, as S3 does with 409 while another conditional put of the key is under way.
    private record Conflict(S3Client s3, int status) implements S3Client {
        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            throw S3Exception.builder().statusCode(status).message("refused").build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            return s3.getObject(request, transformer);
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
