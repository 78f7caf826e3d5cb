package dev.feedline.app.disk;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/// Holds a Feedline that has come back to what was acknowledged before.
///
/// What was checked once is not read at every check again, only at the last.
final class Reckoning {
    private static final int MOST_MISSING_SHOWN = 10;

    private final Acknowledged acknowledged;
    private final Duration longestSettling;
    private final Set<String> objectsSeen = new HashSet<>();
    private final Set<String> recordsSeen = new HashSet<>();
    private final Set<String> messagesSeen = new HashSet<>();
    private @Nullable String lastRecord;

    /// @param longestSettling how long the feed files have to come to their balance
    Reckoning(Acknowledged acknowledged, Duration longestSettling) {
        this.acknowledged = acknowledged;
        this.longestSettling = longestSettling;
    }

    /// What is new since the last check is there, and nothing that can be listed is unreadable or wrong.
    ///
    /// @return what is wrong, empty when nothing is
    List<String> check(Reach reach) throws IOException {
        List<String> wrong = new ArrayList<>();
        checkObjects(reach.s3(), wrong);
        checkRecords(reach.kinesis(), wrong);
        checkMessages(reach.sqs(), wrong);
        checkRows(reach, wrong);
        return wrong;
    }

    /// Everything once more, and every feed file is balanced with the values it was made with.
    List<String> checkAll(Reach reach) throws IOException, InterruptedException {
        objectsSeen.clear();
        recordsSeen.clear();
        lastRecord = null;
        List<String> wrong = check(reach);
        checkFiles(reach, wrong);
        return wrong;
    }

    private void checkObjects(S3Client s3, List<String> wrong) {
        Set<String> listed =
                s3.listObjectsV2Paginator(request -> request.bucket(Acknowledged.BUCKET)).contents().stream()
                        .map(S3Object::key)
                        .collect(Collectors.toCollection(TreeSet::new));
        missing("object", acknowledged.objects, listed, wrong);
        for (String key : listed) {
            if (objectsSeen.add(key)) {
                byte[] bytes = s3.getObjectAsBytes(
                                request -> request.bucket(Acknowledged.BUCKET).key(key))
                        .asByteArray();
                if (!java.util.Arrays.equals(bytes, Acknowledged.body(key))) {
                    wrong.add("object " + key + " has other bytes");
                }
            }
        }
    }

    private void checkRecords(KinesisClient kinesis, List<String> wrong) {
        String shard = kinesis.listShards(request -> request.streamName(Acknowledged.STREAM))
                .shards()
                .getFirst()
                .shardId();
        String from = lastRecord;
        String iterator = kinesis.getShardIterator(request -> request.streamName(Acknowledged.STREAM)
                        .shardId(shard)
                        .shardIteratorType(
                                from == null ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber(from))
                .shardIterator();
        while (true) {
            String at = iterator;
            GetRecordsResponse answer = kinesis.getRecords(request -> request.shardIterator(at));
            answer.records().forEach(record -> {
                recordsSeen.add(record.data().asUtf8String());
                lastRecord = record.sequenceNumber();
            });
            if (answer.records().isEmpty() && answer.millisBehindLatest() == 0) {
                break;
            }
            iterator = answer.nextShardIterator();
        }
        missing("record", acknowledged.records, recordsSeen, wrong);
    }

    private void checkMessages(SqsClient sqs, List<String> wrong) {
        String queue = sqs.getQueueUrl(request -> request.queueName(Acknowledged.QUEUE))
                .queueUrl();
        while (true) {
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) {
                break;
            }
            messages.forEach(message -> messagesSeen.add(message.body()));
            sqs.deleteMessageBatch(request -> request.queueUrl(queue)
                    .entries(messages.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
        }
        missing("message", acknowledged.messages, messagesSeen, wrong);
    }

    private void checkRows(Reach reach, List<String> wrong) throws IOException {
        try (SnowflakeClient warehouse = reach.warehouse()) {
            List<Long> rows = warehouse.rows("SELECT N FROM FEEDLINE.RAW.CUSTOMERS WHERE TEXT = 'row ' || N").stream()
                    .map(row -> Long.valueOf(String.valueOf(row.getFirst())))
                    .toList();
            Set<Long> there = new HashSet<>(rows);
            missing("row", acknowledged.rows, there, wrong);
            if (there.size() != rows.size()) {
                wrong.add((rows.size() - there.size()) + " rows are there twice");
            }
        }
    }

    private void checkFiles(Reach reach, List<String> wrong) throws IOException, InterruptedException {
        RemotePipeline pipeline = RemotePipeline.of(reach);
        Instant end = Instant.now().plus(longestSettling);
        List<FileState> files = pipeline.files();
        while (!files.stream().allMatch(file -> file.state().isSettled())
                && Instant.now().isBefore(end)) {
            Thread.sleep(200);
            files = pipeline.files();
        }
        Map<String, FileState> byVersion =
                files.stream().collect(Collectors.toMap(file -> file.key() + " " + file.version(), file -> file));
        missing(
                "file",
                acknowledged.files.entrySet().stream()
                        .map(file -> file.getKey() + " " + file.getValue())
                        .collect(Collectors.toSet()),
                byVersion.keySet(),
                wrong);
        try (SnowflakeClient warehouse = reach.warehouse()) {
            for (FileState file : files) {
                if (file.state() != State.BALANCED && file.state() != State.SKIPPED) {
                    wrong.add("not balanced: " + file);
                } else if (file.state() == State.BALANCED) {
                    compare(warehouse, file, wrong);
                }
            }
        }
    }

    static void compare(SnowflakeClient warehouse, FileState file, List<String> wrong) throws IOException {
        List<List<@Nullable String>> rows = warehouse.rows("SELECT N, TEXT, AMOUNT FROM FEEDLINE.RAW.CUTS"
                + " WHERE _FILE_ID = '" + file.fileId() + "' ORDER BY _ROW");
        List<List<String>> expected = Acknowledged.feedRows(file.key()).stream()
                .map(row -> List.of(
                        String.valueOf(row.get("N")),
                        String.valueOf(row.get("TEXT")),
                        String.valueOf(row.get("AMOUNT"))))
                .toList();
        if (!rows.equals(expected) || file.quarantined() != 1) {
            wrong.add("other values in " + file + ": " + rows.size() + " rows, expected " + expected.size());
        }
    }

    private static <T> void missing(String what, Set<T> acknowledged, Set<T> there, List<String> wrong) {
        Set<T> missing = new HashSet<>(acknowledged);
        missing.removeAll(there);
        missing.stream().limit(MOST_MISSING_SHOWN).forEach(one -> wrong.add(what + " " + one + " is lost"));
    }
}
