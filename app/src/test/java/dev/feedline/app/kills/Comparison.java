package dev.feedline.app.kills;

import dev.feedline.app.Reach;
import dev.feedline.app.command.OracleRuns;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.DefinitionReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

/// Holds what came out against what went in: every value of every file, and every record of every stream.
final class Comparison {
    private final Reach reach;
    private final Path folder;

    Comparison(Reach reach, Path folder) {
        this.reach = reach;
        this.folder = folder;
    }

    void of(Map<FileState, CustomerFile> files, long seed, Findings findings) throws IOException, InterruptedException {
        Definition definition = DefinitionReader.parse("trial.yaml", CustomerFile.DEFINITION);
        try (SnowflakeClient warehouse = reach.warehouse()) {
            OracleRuns oracle = new OracleRuns(warehouse, Files.createDirectories(folder.resolve("oracle")));
            for (Map.Entry<FileState, CustomerFile> one : files.entrySet()) {
                Path plain = Files.write(
                        folder.resolve("oracle").resolve(one.getKey().fileId() + ".jsonl"),
                        one.getValue().plain());
                oracle.add(
                        plain, one.getKey(), definition.feeds().get(one.getKey().feed()));
            }
            oracle.differences().forEach(difference -> findings.fault(seed, difference));
            for (String feed : definition.feeds().keySet()) {
                compareHistory(warehouse, Names.table(feed), seed, findings);
            }
        }
        for (String feed : new TreeSet<>(definition.feeds().keySet())) {
            compareLanding(feed, seed, findings);
        }
    }

    /// The load history names each file once, and its rows are the table's.
    private static void compareHistory(SnowflakeClient warehouse, String table, long seed, Findings findings)
            throws IOException {
        List<String> counts = warehouse
                .rows("SELECT COUNT(*) - COUNT(DISTINCT FILE_NAME), COALESCE(SUM(ROW_COUNT), 0), (SELECT COUNT(*) FROM "
                        + table + ") FROM TABLE(FEEDLINE.INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => '" + table
                        + "', START_TIME => DATEADD(DAY, -13, CURRENT_TIMESTAMP()))) WHERE STATUS = 'Loaded'")
                .getFirst()
                .stream()
                .map(String::valueOf)
                .toList();
        if (!counts.getFirst().equals("0") || !counts.get(1).equals(counts.get(2))) {
            findings.fault(
                    seed,
                    table + ": the load history names " + counts.getFirst() + " files twice and " + counts.get(1)
                            + " rows, the table has " + counts.get(2));
        }
    }

    /// What Firehose delivered is what the stream holds, each record once: its journal sees to it.
    private void compareLanding(String feed, long seed, Findings findings) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        onStream(feed, lines);
        S3Client s3 = reach.s3();
        s3.listObjectsV2Paginator(
                        request -> request.bucket(Buckets.EMBEDDED.landing()).prefix(Keys.data(feed)))
                .contents()
                .forEach(object -> count(
                        s3.getObjectAsBytes(request -> request.bucket(Buckets.EMBEDDED.landing())
                                        .key(object.key()))
                                .asByteArrayUnsafe(),
                        -1,
                        lines));
        lines.forEach((line, surplus) -> {
            if (surplus != 0) {
                String what = surplus > 0 ? "on the stream and not in the landing bucket" : "landed again";
                findings.fault(seed, "a row of " + feed + " is " + what + ": " + line);
            }
        });
    }

    private void onStream(String feed, Map<String, Integer> lines) {
        KinesisClient kinesis = reach.kinesis();
        String stream = Names.stream(feed);
        for (Shard shard :
                kinesis.listShards(request -> request.streamName(stream)).shards()) {
            String iterator = kinesis.getShardIterator(request -> request.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            GetRecordsResponse answer;
            do {
                String from = iterator;
                answer = kinesis.getRecords(request -> request.shardIterator(from));
                for (Record record : answer.records()) {
                    count(record.data().asByteArrayUnsafe(), 1, lines);
                }
                iterator = answer.nextShardIterator();
            } while (iterator != null && (!answer.records().isEmpty() || answer.millisBehindLatest() > 0));
        }
    }

    private static void count(byte[] rows, int by, Map<String, Integer> lines) {
        new String(rows, StandardCharsets.UTF_8).lines().forEach(line -> lines.merge(line, by, Integer::sum));
    }
}
