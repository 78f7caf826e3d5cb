package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// A server that is stopped in order (SIGTERM) while customers upload.
@Tag("proof")
class StoppedServerProofTest {
    private static final int STOPPED_BY_SIGTERM = 143;
    private static final int CUSTOMERS = 4;
    private static final int UPLOADS_BEFORE_THE_END = 60;

    @Test
    void whatWasAnsweredBalancesAfterTheNextStartAndNothingIsComplainedOf(@TempDir Path temp) throws Exception {
        Path definition = Files.writeString(temp.resolve("feedline.yaml"), "feeds: { orders: {} }\n");
        Map<String, String> uploads = new ConcurrentHashMap<>();
        try (ServerProcess server = ServerProcess.start(temp.resolve("data"), definition)) {
            CountDownLatch enough = new CountDownLatch(UPLOADS_BEFORE_THE_END);
            List<Thread> customers = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                String prefix = "orders/" + i + "-";
                Reach reach = server.reach();
                customers.add(Thread.ofPlatform().start(() -> {
                    try (reach) {
                        upload(reach.s3(), prefix, uploads, enough);
                    }
                }));
            }
            enough.await();
            server.close();
            for (Thread customer : customers) {
                customer.join();
            }
            assertThat(server.exitCode()).isEqualTo(STOPPED_BY_SIGTERM);
            assertThat(Files.readString(server.log())).doesNotContain("WARN", "ERROR", "Exception");
            server.startAgain();
            try (Reach reach = server.reach()) {
                RemotePipeline pipeline = RemotePipeline.of(reach);
                for (Map.Entry<String, String> upload : uploads.entrySet()) {
                    assertThat(Journey.of(pipeline, "orders", upload.getKey(), upload.getValue())
                                    .await(Duration.ofMinutes(1), stages -> {}))
                            .hasValueSatisfying(file -> assertThat(file.state()).isEqualTo(State.BALANCED));
                }
            }
        }
    }

    /// Uploads until nobody answers.
    private static void upload(S3Client s3, String prefix, Map<String, String> uploads, CountDownLatch enough) {
        for (int i = 0; ; i++) {
            String key = prefix + i + ".jsonl";
            byte[] body = ("{\"key\":\"" + key + "\"}\n").getBytes(UTF_8);
            try {
                uploads.put(
                        key,
                        s3.putObject(
                                        request -> request.bucket(Buckets.EMBEDDED.source())
                                                .key(key),
                                        RequestBody.fromBytes(body))
                                .versionId());
            } catch (SdkException e) {
                return; // the server has stopped
            }
            enough.countDown();
        }
    }
}
