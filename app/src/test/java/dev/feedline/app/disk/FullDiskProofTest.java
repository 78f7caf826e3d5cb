package dev.feedline.app.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.Reach;
import dev.feedline.app.ServerProcess;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.app.warehouse.SqlFailure;
import dev.feedline.testkit.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The disk is filled and freed again: while it is full every service refuses clearly and reads stay up, and afterwards
/// all goes on without a restart.
///
/// `-Dfeedline.fills=N` says how often.
@Tag("proof")
class FullDiskProofTest {
    private static final int FILLS = Integer.getInteger("feedline.fills", 1);
    private static final int MOST_TRIES = 400;
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(5);
    /// An invocation that met the full disk is tried again after a minute, as on AWS, or found by the next sweep.
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(150);
    private static final String BUCKET = "full";

    private final List<String> wrong = new ArrayList<>();

    @FunctionalInterface
    private interface Write {
        void run(int number) throws IOException;
    }

    @Test
    void aFullDiskIsRefusedAndSurvivedWithoutARestart(@TempDir Path temp) throws Exception {
        Acknowledged acknowledged = new Acknowledged();
        Reckoning reckoning = new Reckoning(acknowledged, LONGEST_SETTLING);
        Path definition = Files.writeString(temp.resolve("feedline.yaml"), "feeds:\n  cuts: {}\n");
        try (LoopVolume volume = LoopVolume.create(temp, 120);
                ServerProcess server = ServerProcess.start(volume.path(), definition)) {
            try (Reach reach = server.reach();
                    SnowflakeClient warehouse = reach.warehouse()) {
                Customers.prepare(reach);
                Map<String, Write> writes = writes(reach, warehouse);
                for (int fill = 1; fill <= FILLS; fill++) {
                    try (Customers customers = new Customers(reach, acknowledged).start()) {
                        Thread.sleep(300 + 200L * (fill % 5)); // another moment each time
                        customers.expectTheEnd();
                        fill(volume.path().resolve("ballast"));
                        refuse(writes, fill);
                        read(reach, warehouse, acknowledged);
                    }
                    Files.delete(volume.path().resolve("ballast"));
                    recover(writes, fill);
                }
                assertThat(server.isAlive()).as(Files.readString(server.log())).isTrue();
                wrong.addAll(reckoning.checkAll(reach));
            }
            server.kill();
            System.out.println("fills of the disk: " + FILLS + "; " + acknowledged);
            new RunReport("full disk", RunReport.command("FullDiskProofTest", "-Dfeedline.fills=" + FILLS), List.of())
                    .count("fills", FILLS)
                    .count(acknowledged.counts())
                    .write(wrong);
            assertThat(wrong).as(Files.readString(server.log())).isEmpty();
        }
    }

    private static Map<String, Write> writes(Reach reach, SnowflakeClient warehouse) throws IOException {
        S3Client s3 = reach.s3();
        KinesisClient kinesis = reach.kinesis();
        SqsClient sqs = reach.sqs();
        FirehoseClient firehose = reach.firehose();
        LambdaClient lambda = reach.lambda();
        s3.createBucket(request -> request.bucket(BUCKET));
        String queue = sqs.createQueue(request -> request.queueName("full")).queueUrl();
        kinesis.createStream(request -> request.streamName("full").shardCount(1));
        kinesis.waiter().waitUntilStreamExists(request -> request.streamName("full"));
        warehouse.rows("CREATE TABLE FEEDLINE.RAW.FILLING (TEXT VARCHAR)");
        firehose.createDeliveryStream(request -> request.deliveryStreamName("full")
                .extendedS3DestinationConfiguration(s3Destination -> s3Destination
                        .bucketARN("arn:aws:s3:::" + Acknowledged.BUCKET)
                        .roleARN("arn:aws:iam::000000000000:role/full")
                        .prefix("delivered/")));
        Map<String, Write> writes = new LinkedHashMap<>();
        writes.put(
                "S3, a large object",
                number -> s3.putObject(
                        request -> request.bucket(BUCKET).key("large-" + number),
                        RequestBody.fromBytes(new byte[300_000])));
        writes.put(
                "S3, a small object",
                number -> s3.putObject(
                        request -> request.bucket(BUCKET).key("small-" + number),
                        RequestBody.fromBytes(new byte[20_000])));
        writes.put("S3, a part", number -> {
            String upload = s3.createMultipartUpload(
                            request -> request.bucket(BUCKET).key("parts"))
                    .uploadId();
            s3.uploadPart(
                    request ->
                            request.bucket(BUCKET).key("parts").uploadId(upload).partNumber(1),
                    RequestBody.fromBytes(new byte[300_000]));
        });
        writes.put(
                "Kinesis",
                number -> kinesis.putRecord(request ->
                        request.streamName("full").partitionKey("p").data(SdkBytes.fromByteArray(new byte[100_000]))));
        writes.put(
                "SQS",
                number -> sqs.sendMessage(request -> request.queueUrl(queue).messageBody("x".repeat(100_000))));
        writes.put(
                "Firehose",
                number -> firehose.putRecord(request -> request.deliveryStreamName("full")
                        .record(record -> record.data(SdkBytes.fromByteArray(new byte[100_000])))));
        writes.put(
                "Lambda",
                number -> lambda.invoke(request -> request.functionName("feedline-convert")
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String("{\"Records\":[], \"x\": \"" + "x".repeat(100_000) + "\"}"))));
        writes.put(
                "SQL",
                number -> warehouse.rows("INSERT INTO FEEDLINE.RAW.FILLING SELECT '" + number
                        + "' || MD5(SEQ4()::VARCHAR) FROM TABLE(GENERATOR(ROWCOUNT => 20000))"));
        return writes;
    }

    /// Every service comes to a refusal that says what is the matter; until then it may use what room it has.
    private void refuse(Map<String, Write> writes, int fill) throws IOException {
        for (Map.Entry<String, Write> write : writes.entrySet()) {
            boolean refused = false;
            for (int number = 0; number < MOST_TRIES && !refused; number++) {
                try {
                    write.getValue().run(fill * MOST_TRIES + number);
                } catch (AwsServiceException e) {
                    refused = true;
                    if (e.statusCode() != 503) {
                        wrong.add(write.getKey() + " refuses with " + e.statusCode() + ": " + e.getMessage());
                    }
                } catch (SqlFailure e) {
                    refused = true;
                    if (!e.getMessage().toLowerCase(java.util.Locale.ROOT).contains("space")) {
                        wrong.add(write.getKey() + " refuses with " + e.getMessage());
                    }
                }
            }
            if (!refused) {
                wrong.add(write.getKey() + " finds room on a full disk");
            }
        }
    }

    private void read(Reach reach, SnowflakeClient warehouse, Acknowledged acknowledged) throws IOException {
        String key = acknowledged.objects.iterator().next();
        byte[] bytes = reach.s3()
                .getObjectAsBytes(request -> request.bucket(Acknowledged.BUCKET).key(key))
                .asByteArray();
        if (!java.util.Arrays.equals(bytes, Acknowledged.body(key))) {
            wrong.add("a read of " + key + " on a full disk gave other bytes");
        }
        long rows = Long.parseLong(String.valueOf(warehouse
                .rows("SELECT COUNT(*) FROM FEEDLINE.RAW.CUSTOMERS")
                .getFirst()
                .getFirst()));
        if (rows < acknowledged.rows.size()) {
            wrong.add("SQL sees " + rows + " rows on a full disk, acknowledged were " + acknowledged.rows.size());
        }
    }

    private void recover(Map<String, Write> writes, int fill) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONGEST_RECOVERY);
        for (Map.Entry<String, Write> write : writes.entrySet()) {
            String failure = "untried";
            while (failure != null) {
                try {
                    write.getValue().run(-fill);
                    failure = null;
                } catch (AwsServiceException | SqlFailure e) {
                    failure = String.valueOf(e.getMessage());
                    if (Instant.now().isAfter(end)) {
                        wrong.add(write.getKey() + " still refuses though there is room: " + failure);
                        break;
                    }
                    Thread.sleep(50);
                }
            }
        }
    }

    private static void fill(Path ballast) throws IOException {
        for (int piece : new int[] {1 << 20, 1 << 12, 1}) {
            try (OutputStream out =
                    Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                byte[] bytes = new byte[piece];
                while (true) {
                    out.write(bytes);
                }
            } catch (java.nio.file.FileSystemException e) {
                throw e;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
        }
    }
}
