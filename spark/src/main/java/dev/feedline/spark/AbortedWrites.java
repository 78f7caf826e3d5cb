package dev.feedline.spark;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/// Lets a job that is stopped abort the uploads of what it was writing, so that nothing of it stays in a bucket.
///
/// A process that is asked to end stops Spark's context first, and by that the writes fail and abort; for
/// this they need the file systems, which Hadoop closes next. So in between the writes are waited for.
final class AbortedWrites {
    /// After Spark's own hook, before that of the file systems.
    private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;
    /// Less than Feedline gives a driver that it has asked to end.
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /// The methods that write, commit and abort in Spark's driver.
    private static final Map<String, String> WRITERS = Map.of(
            "org.apache.spark.sql.execution.datasources.FileFormatWriter$", "writeAndCommit",
            "org.apache.spark.internal.io.SparkHadoopWriter$", "write");

    private AbortedWrites() {}

    static void awaitAtExit() {
        ShutdownHookManager.get()
                .addShutdownHook(AbortedWrites::await, PRIORITY, 2 * LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    private static void await() {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (isWriting() && System.nanoTime() < end) {
                Thread.sleep(BETWEEN_LOOKS.toMillis()); // Spark tells nobody that a write has ended
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isWriting() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getMethodName().equals(WRITERS.get(frame.getClassName())));
    }
}
