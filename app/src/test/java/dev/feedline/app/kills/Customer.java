package dev.feedline.app.kills;

import dev.feedline.app.Reach;
import dev.feedline.feeds.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Someone who uploads files with an SDK client and its default retries, and whose script runs the upload again until
/// it is acknowledged: the server may be down, or be killed in the middle.
final class Customer implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final Reach reach;
    private final S3Client s3;
    private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// What a client holds in hands.
    record Acknowledged(CustomerFile file, String version, Instant at) {}

    /// An upload under way.
    static final class Upload {
        private final CustomerFile file;
        private final CountDownLatch done = new CountDownLatch(1);

        private Upload(CustomerFile file) {
            this.file = file;
        }

        CustomerFile file() {
            return file;
        }

        boolean awaitAcknowledged(long millis) throws InterruptedException {
            return done.await(millis, TimeUnit.MILLISECONDS);
        }
    }

    Customer(Reach.Server server) {
        this.reach = Reach.at(server);
        this.s3 = reach.s3();
    }

    /// Begins to upload, and goes on until the upload is acknowledged.
    Upload send(CustomerFile file) {
        return send(file, Duration.ZERO);
    }

    /// @param longest how long one try takes from its first byte to its last
    Upload send(CustomerFile file, Duration longest) {
        Upload upload = new Upload(file);
        Thread.ofVirtual().name("customer").start(() -> {
            Optional<String> version = Optional.empty();
            while (version.isEmpty() && !isClosedAfter(PAUSE_MILLIS)) {
                version = put(file, longest);
            }
            version.ifPresent(id -> acknowledged.put(file.key(), new Acknowledged(file, id, Instant.now())));
            upload.done.countDown();
        });
        return upload;
    }

    Map<String, Acknowledged> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    @Override
    public void close() {
        closed.countDown();
        reach.close();
    }

    private Optional<String> put(CustomerFile file, Duration longest) {
        try {
            return Optional.of(s3.putObject(
                            request -> request.bucket(Buckets.EMBEDDED.source()).key(file.key()), body(file, longest))
                    .versionId());
        } catch (SdkException e) {
            return Optional.empty(); // the server is down; the script goes round again
        }
    }

    private static RequestBody body(CustomerFile file, Duration longest) {
        return longest.isZero()
                ? RequestBody.fromBytes(file.bytes())
                : RequestBody.fromContentProvider(
                        () -> new SlowBytes(file.bytes(), longest), file.bytes().length, "application/octet-stream");
    }

    private boolean isClosedAfter(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
