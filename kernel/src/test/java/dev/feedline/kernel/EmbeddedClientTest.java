package dev.feedline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

class EmbeddedClientTest {
    private final List<Object> seen = new ArrayList<>();
    private final S3Client s3 = EmbeddedClient.around(S3Client.class, new TinyS3());

    /// Three operations, and a memory of what it was asked.
    private final class TinyS3 implements S3Client {
        @Override
        public CreateBucketResponse createBucket(CreateBucketRequest request) {
            seen.add(request);
            if (request.bucket().equals("gone")) {
                throw NoSuchBucketException.builder().message("no such bucket").build();
            }
            return CreateBucketResponse.builder()
                    .location("/" + request.bucket())
                    .build();
        }

        @Override
        public CopyObjectResponse copyObject(CopyObjectRequest request) {
            seen.add(request);
            return CopyObjectResponse.builder().build();
        }

        @Override
        public <R> R getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
            byte[] body = request.key().getBytes(StandardCharsets.UTF_8);
            try {
                return transformer.transform(
                        GetObjectResponse.builder()
                                .contentLength((long) body.length)
                                .build(),
                        AbortableInputStream.create(new ByteArrayInputStream(body)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void theConsumerFormsReachTheOperation() {
        assertThat(s3.createBucket(request -> request.bucket("b")).location()).isEqualTo("/b");
    }

    @Test
    void theConveniencesOfABodyReachTheOperation() {
        assertThat(s3.getObjectAsBytes(request -> request.bucket("b").key("k")).asUtf8String())
                .isEqualTo("k");
    }

    @Test
    void anErrorComesOutAsItIs() {
        assertThatThrownBy(() -> s3.createBucket(request -> request.bucket("gone")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void aMissingMemberIsRefusedBeforeTheServiceSeesIt() {
        assertThatThrownBy(() -> s3.createBucket(request -> {}))
                .isInstanceOf(AwsServiceException.class)
                .hasMessageContaining("Bucket");
        assertThat(seen).isEmpty();
    }

    @Test
    void anOperationThatIsNotOverriddenIsRefusedByItsName() {
        assertThatThrownBy(() -> s3.listBuckets())
                .isInstanceOfSatisfying(AwsServiceException.class, refusal -> {
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
                    assertThat(refusal.statusCode()).isEqualTo(501);
                })
                .hasMessageContaining("ListBuckets");
        assertThatThrownBy(() -> s3.listObjectsV2Paginator(request -> request.bucket("b"))
                        .contents()
                        .iterator()
                        .next())
                .hasMessageContaining("ListObjectsV2");
    }

    @Test
    void anOperationWithoutARequestOfItsOwnIsRefusedByItsNameToo() {
        KinesisClient kinesis = EmbeddedClient.around(KinesisClient.class, new KinesisClient() {
            @Override
            public String serviceName() {
                return "kinesis";
            }

            @Override
            public void close() {
                // holds nothing
            }
        });
        assertThatThrownBy(kinesis::listStreams).hasMessageContaining("ListStreams");
    }

    @Test
    void theSourceOfACopyIsFoldedAsOnTheWire() {
        s3.copyObject(request -> request.sourceBucket("from")
                .sourceKey("a b/ü")
                .sourceVersionId("v 1")
                .destinationBucket("to")
                .destinationKey("k"));
        assertThat(seen).first().isInstanceOfSatisfying(CopyObjectRequest.class, request -> {
            assertThat(request.copySource()).isEqualTo("from/a%20b/%C3%BC?versionId=v%201");
            assertThat(request.sourceKey()).isNull();
        });
    }
}
