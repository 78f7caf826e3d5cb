package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.convert.Keys;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

/// A Firehose of two SDK clients that keeps only the promise that all comes at least once: it repeats, shuffles, and
/// cuts records into pieces at any row.
final class UnkindFirehose {
    private static final long PAUSE_MILLIS = 100;
    private static final int MOST_ROWS = 40;

    private final KinesisClient kinesis;
    private final S3Client s3;
    private final List<String> feeds;
    private final Random random;
    private final Map<String, String> iterators = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int objects;

    UnkindFirehose(KinesisClient kinesis, S3Client s3, List<String> feeds, Random random) {
        this.kinesis = kinesis;
        this.s3 = s3;
        this.feeds = feeds;
        this.random = random;
    }

    /// Delivers until it is closed.
    AutoCloseable start() {
        Thread thread = Thread.ofVirtual().name("unkind-firehose").start(this::run);
        return () -> {
            stopped.countDown();
            thread.join();
        };
    }

    private void run() {
        try {
            while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                for (String feed : feeds) {
                    deliver(feed);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(String feed) {
        List<String> rows = new ArrayList<>();
        String stream = Names.stream(feed);
        for (Shard shard :
                kinesis.listShards(request -> request.streamName(stream)).shards()) {
            String place = stream + "/" + shard.shardId();
            String iterator = iterators.computeIfAbsent(place, unknown -> beginning(stream, shard.shardId()));
            GetRecordsResponse answer = kinesis.getRecords(request -> request.shardIterator(iterator));
            answer.records()
                    .forEach(record -> new String(record.data().asByteArrayUnsafe(), UTF_8)
                            .lines()
                            .forEach(rows::add));
            iterators.put(place, answer.nextShardIterator());
        }
        Collections.shuffle(rows, random);
        while (!rows.isEmpty()) {
            List<String> piece = rows.subList(0, Math.min(rows.size(), 1 + random.nextInt(MOST_ROWS)));
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                put(feed, piece);
            }
            piece.clear();
        }
    }

    private String beginning(String stream, String shard) {
        return kinesis.getShardIterator(request ->
                        request.streamName(stream).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    private void put(String feed, List<String> rows) {
        String key = Keys.data(feed) + "unkind-%06d".formatted(objects++);
        s3.putObject(
                request -> request.bucket(Buckets.EMBEDDED.landing()).key(key),
                RequestBody.fromString(String.join("\n", rows) + "\n"));
    }
}
