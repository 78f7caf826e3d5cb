package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The databases' native calls run on platform threads of their own pools. One on a virtual
/// thread would hold a carrier for as long as it takes; with all carriers held, no request is
/// answered while files load.
class NativeCallsTest {
    private static final Set<String> DATABASES = Set.of("org.duckdb", "org.sqlite");

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    /// Which databases were seen inside a native call, on threads of either kind.
    private record Seen(Set<String> onPlatformThreads, TreeMap<String, String> onVirtualThreads) {}

    @Test
    void noneRunsOnAVirtualThreadWhileTwoFeedsLoad(@TempDir Path folder) throws Exception {
        Seen seen = sample(folder.resolve("samples.jfr"), () -> load(folder.resolve("data")));
        assertThat(seen.onVirtualThreads).isEmpty();
        assertThat(seen.onPlatformThreads).isEqualTo(DATABASES);
    }

    @Test
    void oneOnAVirtualThreadIsSeen(@TempDir Path folder) throws Exception {
        Seen seen = sample(folder.resolve("samples.jfr"), () -> {
            Thread caller = Thread.ofVirtual().start(NativeCallsTest::count);
            caller.join();
        });
        assertThat(seen.onVirtualThreads).containsKey("org.duckdb");
    }

    private static void count() {
        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("SELECT count(*) FROM range(2000000000) AS r(i) WHERE hash(i) = 0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void load(Path data) throws Exception {
        try (TestingFeedline feedline = TestingFeedline.start(data, "feeds: { orders: {}, payments: {} }")) {
            List<String> versions = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                versions.add(feedline.upload("orders/" + i + ".jsonl", rows()));
                versions.add(feedline.upload("payments/" + i + ".jsonl", rows()));
            }
            for (int i = 0; i < 10; i++) {
                feedline.settled("orders/" + i + ".jsonl", versions.get(2 * i));
                feedline.settled("payments/" + i + ".jsonl", versions.get(2 * i + 1));
            }
            assertThat(feedline.sql("SELECT COUNT(*) AS N FROM FEEDLINE.RAW.ORDERS")
                            .getFirst())
                    .containsEntry("N", "200000");
        }
    }

    private static byte[] rows() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append("{\"id\":")
                    .append(i)
                    .append(",\"name\":\"row ")
                    .append(i)
                    .append("\"}\n");
        }
        return rows.toString().getBytes(UTF_8);
    }

    private static Seen sample(Path file, Work work) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(1));
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return seen(file);
    }

    private static Seen seen(Path samples) throws IOException {
        Seen seen = new Seen(new TreeSet<>(), new TreeMap<>());
        try (RecordingFile events = new RecordingFile(samples)) {
            while (events.hasMoreEvents()) {
                RecordedEvent sample = events.readEvent();
                String database = database(sample);
                if (database == null) {
                    continue;
                }
                RecordedThread thread = sample.getThread("sampledThread");
                if (thread.isVirtual()) {
                    seen.onVirtualThreads.put(database, sample.toString());
                } else {
                    seen.onPlatformThreads.add(database);
                }
            }
        }
        return seen;
    }

    private static @Nullable String database(RecordedEvent sample) {
        if (sample.getStackTrace() == null || sample.getThread("sampledThread") == null) {
            return null;
        }
        List<RecordedFrame> frames = sample.getStackTrace().getFrames();
        String called =
                frames.isEmpty() ? "" : frames.getFirst().getMethod().getType().getName();
        return DATABASES.stream().filter(called::startsWith).findFirst().orElse(null);
    }
}
