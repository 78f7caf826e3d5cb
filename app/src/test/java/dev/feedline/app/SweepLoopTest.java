package dev.feedline.app;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Warehouse;
import dev.feedline.feeds.deployment.Clients;
import dev.feedline.testkit.InMemoryGlue;
import dev.feedline.testkit.InMemoryKinesis;
import dev.feedline.testkit.InMemoryLambda;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

class SweepLoopTest {
    @Test
    @Timeout(60)
    void itEndsInTheMiddleOfAListing() throws InterruptedException {
        InstantSource clock = InstantSource.system();
        EndlessS3 s3 = new EndlessS3();
        Clients clients = new Clients(
                s3,
                new InMemoryKinesis(clock),
                new FirehoseClient() {
                    @Override
                    public String serviceName() {
                        return "firehose";
                    }

                    @Override
                    public void close() {}
                },
                new InMemoryLambda(),
                new InMemoryGlue(clock),
                new Warehouse() {
                    @Override
                    public List<Map<String, Object>> query(String sql) {
                        return List.of();
                    }

                    @Override
                    public void execute(String sql) {}
                });
        SweepLoop loop = SweepLoop.start(clients, Buckets.EMBEDDED, clock, Duration.ofMinutes(2));
        s3.pages.await();
        loop.close();
    }

    /// A bucket whose listing has no end.
    private static final class EndlessS3 implements S3Client {
        final CountDownLatch pages = new CountDownLatch(3);

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            pages.countDown();
            return ListObjectsV2Response.builder()
                    .contents(S3Object.builder()
                            .key(Names.RECEIPTS + "1.json")
                            .size(1L)
                            .build())
                    .isTruncated(true)
                    .nextContinuationToken("more")
                    .build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
