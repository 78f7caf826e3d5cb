package dev.feedline.app.disk;

import dev.feedline.app.Reach;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.Buckets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Clients that write to every service at once and note what was acknowledged.
///
/// Each ends with the first call that fails after [#expectTheEnd]; a failure before it is the test's.
final class Customers implements AutoCloseable {
    private static final int MOST_INLINE = 32 * 1024;

    private final Reach reach;
    private final Acknowledged acknowledged;
    private final AtomicBoolean endExpected = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> surprises = new ArrayList<>();

    Customers(Reach reach, Acknowledged acknowledged) {
        this.reach = reach;
        this.acknowledged = acknowledged;
    }

    /// Makes what they write to, once for a data folder.
    static void prepare(Reach reach) throws IOException {
        reach.s3().createBucket(request -> request.bucket(Acknowledged.BUCKET));
        reach.kinesis()
                .createStream(request -> request.streamName(Acknowledged.STREAM).shardCount(1));
        reach.kinesis().waiter().waitUntilStreamExists(request -> request.streamName(Acknowledged.STREAM));
        reach.sqs().createQueue(request -> request.queueName(Acknowledged.QUEUE));
        try (SnowflakeClient warehouse = reach.warehouse()) {
            warehouse.rows("CREATE TABLE FEEDLINE.RAW.CUSTOMERS (N NUMBER(18,0), TEXT VARCHAR)");
        }
    }

    Customers start() throws IOException {
        S3Client s3 = reach.s3();
        KinesisClient kinesis = reach.kinesis();
        SqsClient sqs = reach.sqs();
        String queue = sqs.getQueueUrl(request -> request.queueName(Acknowledged.QUEUE))
                .queueUrl();
        SnowflakeClient warehouse = reach.warehouse();
        begin("small objects", number -> put(s3, number + "-" + (number * 7919 % MOST_INLINE)));
        begin("large objects", number -> put(s3, number + "-" + (MOST_INLINE + 1 + number * 7919 % 300_000)));
        begin("parts", number -> putInParts(s3, "parts-" + number + "-" + (100 + number * 7919 % 100_000)));
        begin("records", number -> put(kinesis, number));
        begin("messages", number -> {
            sqs.sendMessage(request -> request.queueUrl(queue).messageBody("message-" + number));
            acknowledged(() -> acknowledged.messages.add("message-" + number));
        });
        begin("rows", number -> {
            warehouse.rows("INSERT INTO FEEDLINE.RAW.CUSTOMERS VALUES (" + number + ", 'row " + number + "')");
            acknowledged(() -> acknowledged.rows.add(number));
        });
        begin("files", number -> {
            String key = Acknowledged.FEED + "/" + number + ".jsonl";
            String version = s3.putObject(
                            request -> request.bucket(Buckets.EMBEDDED.source()).key(key),
                            RequestBody.fromString(Acknowledged.feedFile(key)))
                    .versionId();
            acknowledged(() -> acknowledged.files.put(key, version));
            Thread.sleep(400); // files are few among the calls, as they are for a customer
        });
        return this;
    }

    /// From now on a failing call ends its customer.
    void expectTheEnd() {
        endExpected.set(true);
    }

    /// Lets each end with the call it is in, and waits for all of them.
    @Override
    public void close() throws IOException {
        stopped.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        synchronized (surprises) {
            if (!surprises.isEmpty()) {
                throw new IOException("a call failed before the cut", surprises.getFirst());
            }
        }
    }

    private void begin(String name, SleepingCall call) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            while (!stopped.get()) {
                try {
                    call.run(acknowledged.next());
                } catch (SdkException | IOException e) {
                    acknowledged.refused.incrementAndGet();
                    if (!endExpected.get()) {
                        note(e);
                    }
                    return;
                } catch (InterruptedException e) {
                    return;
                }
            }
        }));
    }

    @FunctionalInterface
    private interface SleepingCall {
        void run(long number) throws IOException, InterruptedException;
    }

    /// Nobody hears an answer from a machine whose power is gone: those after [#expectTheEnd] do not count.
    /// Here they can be heard, and some are lost: an fsync that is under way while ext4 is shut down may return
    /// without an error. That is the tool's, not the program's: of a bare loop of pwrite and fsync, four files in
    /// each of 60 cuts, 6 lost the number whose fsync returned while the ioctl was under way, and none an earlier
    /// one (2026-11-26, Linux 6.18).
    private void acknowledged(Runnable note) {
        if (!endExpected.get()) {
            note.run();
        }
    }

    private void note(Throwable surprise) {
        synchronized (surprises) {
            surprises.add(surprise);
        }
    }

    private void put(S3Client s3, String key) {
        s3.putObject(
                request -> request.bucket(Acknowledged.BUCKET).key(key), RequestBody.fromBytes(Acknowledged.body(key)));
        acknowledged(() -> acknowledged.objects.add(key));
    }

    private void putInParts(S3Client s3, String key) {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(Acknowledged.BUCKET).key(key))
                .uploadId();
        String etag = s3.uploadPart(
                        request -> request.bucket(Acknowledged.BUCKET)
                                .key(key)
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromBytes(Acknowledged.body(key)))
                .eTag();
        s3.completeMultipartUpload(request -> request.bucket(Acknowledged.BUCKET)
                .key(key)
                .uploadId(upload)
                .multipartUpload(all -> all.parts(
                        CompletedPart.builder().partNumber(1).eTag(etag).build())));
        acknowledged(() -> acknowledged.objects.add(key));
    }

    private void put(KinesisClient kinesis, long number) {
        List<String> names = List.of("record-" + number, "record-" + number + "b", "record-" + number + "c");
        PutRecordsResponse answer = kinesis.putRecords(request -> request.streamName(Acknowledged.STREAM)
                .records(names.stream()
                        .map(name -> PutRecordsRequestEntry.builder()
                                .partitionKey(name)
                                .data(SdkBytes.fromString(name, StandardCharsets.UTF_8))
                                .build())
                        .toList()));
        for (int i = 0; i < names.size(); i++) {
            if (answer.records().get(i).errorCode() == null) {
                String name = names.get(i);
                acknowledged(() -> acknowledged.records.add(name));
            }
        }
    }
}
