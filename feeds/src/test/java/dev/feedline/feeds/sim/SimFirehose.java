package dev.feedline.feeds.sim;

import dev.feedline.convert.Keys;
import dev.feedline.feeds.Names;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

/// Firehose at its least kind: it cuts where it likes, shuffles what it read, delivers again what it delivered, and
/// forgets how far it was.
final class SimFirehose {
    private final KinesisClient kinesis;
    private final S3Client s3;
    private final Chaos chaos;
    private final boolean damaging;
    private final Map<String, String> iterators = new HashMap<>();
    private int objects;
    private boolean damaged;

    SimFirehose(KinesisClient kinesis, S3Client s3, Chaos chaos, boolean damaging) {
        this.kinesis = kinesis;
        this.s3 = s3;
        this.chaos = chaos;
        this.damaging = damaging;
    }

    /// Whether a row was changed on its way.
    boolean hasDamaged() {
        return damaged;
    }

    /// Delivers what is new on the feed's stream, and sometimes what is old.
    ///
    /// @return whether there was anything
    boolean deliver(String feed) {
        String iterator = iterators.get(feed);
        if (iterator == null || chaos.oneIn(12)) {
            iterator = kinesis.getShardIterator(request -> request.streamName(Names.stream(feed))
                            .shardId("shardId-000000000000")
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
        }
        String from = iterator;
        int most = 1 + chaos.random().nextInt(12);
        GetRecordsResponse read =
                kinesis.getRecords(request -> request.shardIterator(from).limit(most));
        if (read.records().isEmpty()) {
            iterators.put(feed, read.nextShardIterator());
            return false;
        }
        List<Record> records = new ArrayList<>(read.records());
        if (chaos.oneIn(2)) {
            Collections.shuffle(records, chaos.random());
        }
        while (!records.isEmpty()) {
            List<Record> part = records.subList(0, 1 + chaos.random().nextInt(records.size()));
            put(feed, part);
            if (chaos.oneIn(6)) {
                put(feed, part);
            }
            part.clear();
        }
        iterators.put(feed, read.nextShardIterator());
        return true;
    }

    private void put(String feed, List<Record> records) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        records.forEach(record -> body.writeBytes(record.data().asByteArrayUnsafe()));
        byte[] bytes = body.toByteArray();
        if (damaging && !damaged && chaos.oneIn(2)) {
            damage(bytes);
        }
        String key = Keys.data(feed) + "%s-1-2026-11-22-%06d".formatted(Names.stream(feed), objects++);
        s3.putObject(request -> request.bucket("feedline-landing").key(key), RequestBody.fromBytes(bytes));
    }

    /// Changes one letter of a value; the row stays as good as it was.
    private void damage(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length && !damaged; i++) {
            if (bytes[i] == '"' && bytes[i + 1] == 'n' && bytes[i + 2] != 'a') {
                bytes[i + 1] = 'm';
                damaged = true;
            }
        }
    }
}
