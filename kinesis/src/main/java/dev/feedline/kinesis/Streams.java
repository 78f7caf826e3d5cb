package dev.feedline.kinesis;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Ground;
import dev.feedline.kinesis.log.SegmentLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// The streams that exist, each with the open logs of its shards.
///
/// A stream is created and deleted in two steps, with its state in the catalog between them, so
/// that a crash leaves nothing that opening again does not finish.
final class Streams implements AutoCloseable {
    /// Open shards of all streams together; each has a writing thread and a few files open.
    static final int MOST_SHARDS = 500;

    private final Path folder;
    private final Ground ground;
    private final KinesisSettings settings;
    private final Catalog catalog;
    private final ConcurrentSkipListMap<String, OpenStream> open = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    Streams(Path folder, Ground ground, KinesisSettings settings, Catalog catalog) {
        this.folder = folder;
        this.ground = ground;
        this.settings = settings;
        this.catalog = catalog;
    }

    /// Opens all streams, and finishes what a crash interrupted.
    void openAll() throws IOException {
        for (StreamRow row : catalog.all()) {
            switch (row.status()) {
                case CREATING -> finishCreating(row);
                case DELETING -> finishDeleting(row, List.of());
                case ACTIVE, UPDATING -> open.put(row.name(), openStream(row));
                case UNKNOWN_TO_SDK_VERSION ->
                    throw new IOException("stream " + row.name() + " is in a state this Feedline does not know");
            }
        }
    }

    Collection<OpenStream> all() {
        return open.values();
    }

    OpenStream require(String name) {
        return find(name, null);
    }

    /// The stream a request names by name, by ARN or by both.
    OpenStream find(@Nullable String name, @Nullable String arn) {
        if (name == null && arn == null) {
            throw KinesisError.INVALID_ARGUMENT.exception("Either StreamName or StreamARN must be provided.");
        }
        String wanted = name == null ? nameIn(String.valueOf(arn)) : name;
        OpenStream found = open.get(wanted);
        if (found == null || (arn != null && !found.arn().toString().equals(arn))) {
            throw KinesisError.RESOURCE_NOT_FOUND.exception("Stream "
                    + (found == null ? wanted : arn) + " under account "
                    + ground.account().id() + " not found.");
        }
        return found;
    }

    OpenStream byId(long id) {
        return open.values().stream()
                .filter(stream -> stream.row().id() == id)
                .findFirst()
                .orElseThrow(() -> KinesisError.RESOURCE_NOT_FOUND.exception(
                        "The stream of this ShardIterator has been deleted."));
    }

    void create(String name, StreamMode mode, int shards, int maxRecordKib, Map<String, String> tags)
            throws IOException {
        changing.lock();
        try {
            if (open.containsKey(name)) {
                throw KinesisError.RESOURCE_IN_USE.exception(
                        "Stream " + name + " under account " + ground.account().id() + " already exists.");
            }
            if (openShards() + shards > MOST_SHARDS) {
                throw KinesisError.LIMIT_EXCEEDED.exception("This request would exceed the shard limit of "
                        + MOST_SHARDS + " for the account " + ground.account().id() + ". Current shard count: "
                        + openShards() + ".");
            }
            finishCreating(catalog.add(
                    name,
                    mode,
                    ground.clock().instant(),
                    Retention.SHORTEST_HOURS,
                    maxRecordKib,
                    HashKeys.split(shards),
                    tags));
        } finally {
            changing.unlock();
        }
    }

    void delete(OpenStream stream) throws IOException {
        changing.lock();
        try {
            OpenStream now = open.get(stream.row().name());
            if (now == null || now.row().id() != stream.row().id()) {
                return; // another call has deleted it
            }
            open.remove(stream.row().name());
            catalog.setStatus(stream.row().id(), StreamStatus.DELETING);
            finishDeleting(stream.row(), stream.shards());
        } finally {
            changing.unlock();
        }
        ground.bell().ring(stream.arn().toString());
    }

    void setRetention(OpenStream stream, int hours) {
        changing.lock();
        try {
            catalog.setRetentionHours(stream.row().id(), hours);
            open.computeIfPresent(
                    stream.row().name(), (name, now) -> now.with(now.row().withRetentionHours(hours)));
        } finally {
            changing.unlock();
        }
    }

    /// Deletes the segments whose records are all past their stream's retention.
    void retain() throws IOException {
        for (OpenStream stream : open.values()) {
            long cutoff = ground.clock()
                    .instant()
                    .minus(Duration.ofHours(stream.row().retentionHours()))
                    .toEpochMilli();
            for (Shard shard : stream.shards()) {
                shard.log().retainSince(cutoff);
            }
        }
    }

    int openShards() {
        return open.values().stream().mapToInt(stream -> stream.shards().size()).sum();
    }

    @Override
    public void close() {
        open.values()
                .forEach(stream -> stream.shards().forEach(shard -> shard.log().close()));
    }

    private void finishCreating(StreamRow row) throws IOException {
        for (StreamRow.ShardRow shard : row.shards()) {
            SegmentLog.create(folder(row, shard), ground.disk(), ground.clock());
        }
        catalog.setStatus(row.id(), StreamStatus.ACTIVE);
        open.put(row.name(), openStream(row.withStatus(StreamStatus.ACTIVE)));
    }

    private void finishDeleting(StreamRow row, List<Shard> shards) throws IOException {
        shards.forEach(shard -> shard.log().close());
        for (StreamRow.ShardRow shard : row.shards()) {
            SegmentLog.delete(folder(row, shard), ground.disk());
        }
        ground.disk().delete(folder(row));
        catalog.remove(row.id());
    }

    private OpenStream openStream(StreamRow row) throws IOException {
        Arn arn = ground.account().arn("kinesis", "stream/" + row.name());
        List<Shard> shards = new ArrayList<>();
        for (StreamRow.ShardRow shard : row.shards()) {
            SegmentLog log = SegmentLog.open(
                    folder(row, shard),
                    ground.disk(),
                    ground.clock(),
                    settings.segmentBytes(),
                    () -> ground.bell().ring(arn.toString()),
                    ground.onFailure(),
                    ground.trial());
            shards.add(new Shard(
                    shard, row.createdSecond(), log, new ShardRates(settings.awsRateLimits(), ground.clock())));
        }
        return OpenStream.of(row, arn, shards);
    }

    private Path folder(StreamRow row) {
        return folder.resolve("stream-" + row.id());
    }

    private Path folder(StreamRow row, StreamRow.ShardRow shard) {
        return folder(row).resolve(shard.id());
    }

    private static String nameIn(String arn) {
        try {
            return Arn.parse(arn).name();
        } catch (IllegalArgumentException e) {
            throw KinesisError.INVALID_ARGUMENT.exception("StreamARN " + arn + " is not an ARN", e);
        }
    }
}
