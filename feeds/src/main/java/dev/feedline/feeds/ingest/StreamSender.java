package dev.feedline.feeds.ingest;

import dev.feedline.convert.ChunkName;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Sleeper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/// Packs marked rows into records of the stream and sends them until every one is acknowledged.
///
/// A record begins with a line end as well: when the record before it in a landing object is somebody else's and has
/// none, no row of ours gets stuck to it. Blank lines are no rows.
final class StreamSender {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /// About ten minutes of a stream that takes nothing at all.
    private static final int MOST_PAUSES_WITHOUT_PROGRESS = 60;

    private final KinesisClient kinesis;
    private final Sleeper sleeper;
    private final IngestSettings settings;
    private final String stream;
    private final ChunkName chunk;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private List<PutRecordsRequestEntry> batch = new ArrayList<>();
    private long batchBytes;
    private long records;

    StreamSender(KinesisClient kinesis, Sleeper sleeper, IngestSettings settings, String stream, ChunkName chunk) {
        this.kinesis = kinesis;
        this.sleeper = sleeper;
        this.settings = settings;
        this.stream = stream;
        this.chunk = chunk;
    }

    /// Takes a row; what it fills up is sent.
    void add(byte[] marked) throws IOException {
        if (record.size() > 0 && record.size() + marked.length + 1 > settings.maxRecordBytes()) {
            endRecord();
        }
        if (record.size() == 0) {
            record.write('\n');
        }
        record.writeBytes(marked);
        record.write('\n');
    }

    /// Sends what is left; afterwards every row taken is acknowledged.
    void finish() throws IOException {
        endRecord();
        send();
    }

    private void endRecord() throws IOException {
        if (record.size() == 0) {
            return;
        }
        // The stream spreads records over its shards by this key.
        String key = chunk.fileId() + ":" + chunk.chunk() + ":" + records++;
        long bytes = record.size() + (long) key.length();
        if (batch.size() == settings.maxRecordsPerCall() || batchBytes + bytes > settings.maxBytesPerCall()) {
            send();
        }
        batch.add(PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArrayUnsafe(record.toByteArray()))
                .build());
        batchBytes += bytes;
        record.reset();
    }

    private void send() throws IOException {
        int pauses = 0;
        while (!batch.isEmpty()) {
            int before = batch.size();
            batch = refusedOf(batch);
            pauses = batch.size() < before ? 0 : pauses + 1;
            if (pauses > MOST_PAUSES_WITHOUT_PROGRESS) {
                throw new IOException("stream " + stream + " refused every one of " + before + " records " + pauses
                        + " times in a row");
            }
            if (!batch.isEmpty()) {
                pause(pauses);
            }
        }
        batchBytes = 0;
    }

    private List<PutRecordsRequestEntry> refusedOf(List<PutRecordsRequestEntry> sent) {
        PutRecordsResponse response =
                kinesis.putRecords(request -> request.streamName(stream).records(sent));
        List<PutRecordsRequestEntry> refused = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (response.records().get(i).errorCode() != null) {
                refused.add(sent.get(i));
            }
        }
        return refused;
    }

    private void pause(int pauses) throws IOException {
        long millis = FIRST_PAUSE.toMillis() << Math.min(pauses, 20);
        try {
            sleeper.sleep(Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the stream " + stream + " was throttled");
        }
    }
}
