package dev.feedline.app;

import dev.feedline.convert.FileId;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.FileState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;

/// The way of one uploaded file through the stages, watched in durable state: objects and rows, never logs or counters.
public final class Journey {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /// A look that takes long costs the server much, so the next one comes after a pause of so many times as long.
    private static final int PAUSE_PER_LOOK = 4;
    /// What follows a feed's prefix in the keys of landing objects, by Firehose's rules: the hour the rows arrived.
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH/").withZone(ZoneOffset.UTC);

    private final RemotePipeline pipeline;
    private final String feed;
    private final String key;
    private final String version;

    /// What there is of the file at one moment.
    ///
    /// @param chunks chunks that are judged and on the stream
    /// @param landed bytes of the feed in the landing bucket, from the hour of the upload on
    /// @param lakeObjects chunks that are Parquet objects
    public record Stages(FileState file, long chunks, long landed, long lakeObjects) {}

    private Journey(RemotePipeline pipeline, String feed, String key, String version) {
        this.pipeline = pipeline;
        this.feed = feed;
        this.key = key;
        this.version = version;
    }

    public static Journey of(RemotePipeline pipeline, String feed, String key, String version) {
        return new Journey(pipeline, feed, key, version);
    }

    /// Watches until nothing more happens to the file by itself, and shows each look to `seen`.
    ///
    /// @return empty when the time was over first
    public Optional<FileState> await(Duration longest, Consumer<Stages> seen) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(longest);
        while (true) {
            long begin = System.nanoTime();
            Optional<Stages> stages = look();
            stages.ifPresent(seen);
            Optional<FileState> file = stages.map(Stages::file);
            if (file.isPresent() && file.get().state().isSettled()) {
                return file;
            }
            if (Instant.now().isAfter(end)) {
                return Optional.empty();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(PAUSE_PER_LOOK);
            Thread.sleep(took.compareTo(BETWEEN_LOOKS) > 0 ? took : BETWEEN_LOOKS);
        }
    }

    private Optional<Stages> look() throws IOException {
        Optional<FileState> file = pipeline.file(key, version);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        S3Client s3 = pipeline.s3();
        String id = file.get().fileId();
        return Optional.of(new Stages(
                file.get(),
                count(s3, pipeline.buckets().landing(), Keys.chunkRecords(feed) + id),
                bytes(s3, pipeline.buckets().landing(), Keys.data(feed), HOUR.format(FileId.second(id))),
                count(s3, pipeline.buckets().lake(), Keys.data(feed) + id)));
    }

    private static long count(S3Client s3, String bucket, String prefix) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .count();
    }

    private static long bytes(S3Client s3, String bucket, String prefix, String from) {
        return s3
                .listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix).startAfter(prefix + from))
                .contents()
                .stream()
                .mapToLong(object -> object.size())
                .sum();
    }
}
