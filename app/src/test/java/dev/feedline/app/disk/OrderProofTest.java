package dev.feedline.app.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.Reach;
import dev.feedline.app.ServerProcess;
import dev.feedline.app.disk.FaultyCalls.Call;
import dev.feedline.app.disk.FaultyCalls.Effect;
import dev.feedline.app.warehouse.SnowflakeClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.sqs.SqsClient;

/// No answer leaves the process before what it acknowledges is forced, with its name; and the test would notice.
@Tag("proof")
class OrderProofTest {
    private static final int ROUNDS = 10;

    @Test
    void everythingIsForcedBeforeItIsAcknowledged(@TempDir Path temp) throws Exception {
        Path data = Files.createDirectory(temp.resolve("data"));
        Path definition = Files.writeString(temp.resolve("feedline.yaml"), "feeds: {}\n");
        try (FaultyCalls disk = FaultyCalls.compile(temp, data);
                ServerProcess server = ServerProcess.start(data, definition, disk.environment());
                Reach reach = server.reach()) {
            Customers.prepare(reach);
            assertThat(OrderLinter.faults(traced(disk, reach))).isEmpty();

            disk.failAlways(List.of(Call.FORCE), Effect.LIE);
            assertThat(OrderLinter.faults(traced(disk, reach)))
                    .as("files are not forced")
                    .anyMatch(fault -> fault.matches(".*renamed before.*"))
                    .anyMatch(fault -> fault.contains("s3.db-wal is forced"))
                    .anyMatch(fault -> fault.contains("sqs.db-wal is forced"))
                    .anyMatch(fault -> fault.contains(".seg is forced"))
                    .anyMatch(fault -> fault.contains(".duckdb.wal is forced"));

            disk.failAlways(List.of(Call.FORCE_DIRECTORY), Effect.LIE);
            assertThat(OrderLinter.faults(traced(disk, reach)))
                    .as("directories are not forced")
                    .anyMatch(fault -> fault.contains("the directory of") && fault.contains("/bodies/"));
            disk.heal();
        }
    }

    private static List<String> traced(FaultyCalls disk, Reach reach) throws IOException {
        Files.write(disk.traceFile(), new byte[0]); // the process has it open
        disk.trace(true);
        try (SnowflakeClient warehouse = reach.warehouse()) {
            for (int round = 0; round < ROUNDS; round++) {
                writeToAll(reach, warehouse, round);
            }
        } finally {
            disk.trace(false);
        }
        return Files.readAllLines(disk.traceFile(), StandardCharsets.UTF_8);
    }

    private static void writeToAll(Reach reach, SnowflakeClient warehouse, int round) throws IOException {
        S3Client s3 = reach.s3();
        KinesisClient kinesis = reach.kinesis();
        SqsClient sqs = reach.sqs();
        for (int size : new int[] {10, 100_000}) {
            s3.putObject(
                    request -> request.bucket(Acknowledged.BUCKET).key("order-" + round + "-" + size),
                    RequestBody.fromBytes(new byte[size]));
        }
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(Acknowledged.BUCKET).key("parts"))
                .uploadId();
        String etag = s3.uploadPart(
                        request -> request.bucket(Acknowledged.BUCKET)
                                .key("parts")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromBytes(new byte[50_000]))
                .eTag();
        CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
        s3.completeMultipartUpload(request -> request.bucket(Acknowledged.BUCKET)
                .key("parts")
                .uploadId(upload)
                .multipartUpload(all -> all.parts(part)));
        s3.deleteObject(request -> request.bucket(Acknowledged.BUCKET).key("order-" + round + "-10"));
        kinesis.putRecord(request ->
                request.streamName(Acknowledged.STREAM).partitionKey("p").data(SdkBytes.fromUtf8String("record")));
        String queue = sqs.getQueueUrl(request -> request.queueName(Acknowledged.QUEUE))
                .queueUrl();
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody("message"));
        warehouse.rows("INSERT INTO FEEDLINE.RAW.CUSTOMERS VALUES (" + round + ", 'row')");
    }
}
