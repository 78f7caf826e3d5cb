package dev.feedline.spark;

import dev.feedline.convert.ChunkOutcome;
import dev.feedline.convert.ChunkResult;
import dev.feedline.convert.Conversion;
import dev.feedline.convert.ConversionRun;
import dev.feedline.convert.Keys;
import dev.feedline.convert.Landed;
import dev.feedline.convert.ReadyChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import software.amazon.awssdk.services.s3.S3Client;

/// Looks in the driver, and has executors index and convert.
final class SparkEngine implements ConversionRun.Engine {
    private final JavaSparkContext spark;
    private final Place place;
    private final Conversion looking;

    SparkEngine(JavaSparkContext spark, Place place, S3Client s3) {
        this.spark = spark;
        this.place = place;
        this.looking = place.conversion(s3);
    }

    @Override
    public Landed look(String feed) throws IOException {
        List<String> unindexed = looking.unindexed(feed);
        if (unindexed.size() > 1) { // a single one is indexed by the look itself
            Place there = place;
            spark.parallelize(unindexed, unindexed.size()).foreachPartition(keys -> index(there, feed, keys));
        }
        return looking.look(feed);
    }

    @Override
    public List<ChunkResult> convert(List<ReadyChunk> chunks) {
        if (chunks.isEmpty()) {
            return List.of();
        }
        List<List<ReadyChunk>> tasks = ChunkTasks.of(chunks, spark.defaultParallelism());
        Place there = place;
        return spark.parallelize(tasks, tasks.size())
                .mapPartitions(task -> convert(there, task))
                .collect();
    }

    private static void index(Place place, String feed, Iterator<String> keys) throws IOException {
        try (S3Client s3 = place.access().s3()) {
            Conversion conversion = place.conversion(s3);
            while (keys.hasNext()) {
                conversion.index(feed, keys.next());
            }
        }
    }

    private static Iterator<ChunkResult> convert(Place place, Iterator<List<ReadyChunk>> tasks) throws IOException {
        List<ChunkResult> results = new ArrayList<>();
        try (S3Client s3 = place.access().s3()) {
            Conversion conversion = place.conversion(s3);
            S3Bodies lake = new S3Bodies(s3, place.lake(), Map.of());
            while (tasks.hasNext()) {
                for (ReadyChunk chunk : tasks.next()) {
                    results.add(
                            isDoneByLostAttempt(chunk, lake)
                                    ? new ChunkResult(chunk.name(), ChunkOutcome.ALREADY_THERE, 0, "")
                                    : conversion.convert(chunk));
                }
            }
        }
        return results.iterator();
    }

    /// An executor may be lost between a chunk's put and the end of its task.
    private static boolean isDoneByLostAttempt(ReadyChunk chunk, S3Bodies lake) {
        return TaskContext.get().attemptNumber() > 0 && lake.isThere(Keys.lake(chunk.feed(), chunk.name()));
    }
}
