package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import dev.feedline.testkit.OrdersFile;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// A server with a heap smaller than one file takes it, and many files at once; `bench/run big` and `many` are the same
/// in large.
@Tag("proof")
class BigAndManyProofTest {
    private static final long SEED = 3;
    private static final long FILE_BYTES = 220_000_000;
    private static final int FILES = 500;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /// The heap, DuckDB's 512 MB, and what the JVM needs besides.
    private static final long MOST_RESIDENT_BYTES = 1_000_000_000;

    @TempDir
    private Path folder;

    @Test
    void aFileLargerThanTheHeapGoesThroughAsAStream() throws Exception {
        Path file = folder.resolve("large.jsonl");
        OrdersFile.Sum sum;
        try (OutputStream out = Files.newOutputStream(file)) {
            sum = OrdersFile.write(SEED, FILE_BYTES, out);
        }
        try (ServerProcess server = start();
                Reach reach = server.reach()) {
            String version = new Upload(reach.s3(), Buckets.EMBEDDED.source(), sent -> {}).put(file, "orders/large");
            RemotePipeline pipeline = RemotePipeline.of(reach);
            FileState state = Journey.of(pipeline, "orders", "orders/large", version)
                    .await(LONGEST, stages -> {})
                    .orElseThrow();
            assertThat(List.of(state.state(), state.received(), state.loaded()))
                    .isEqualTo(List.of(State.BALANCED, sum.rows(), sum.rows()));
            Map<String, Object> sums = pipeline.clients()
                    .warehouse()
                    .query("SELECT SUM(ID) AS IDS, SUM(AMOUNT) AS AMOUNTS FROM FEEDLINE.RAW.ORDERS")
                    .getFirst();
            assertThat(sums.get("IDS")).isEqualTo(Long.toString(sum.ids()));
            assertThat(new BigDecimal(String.valueOf(sums.get("AMOUNTS"))))
                    .isEqualByComparingTo(BigDecimal.valueOf(sum.cents(), 2));
            assertThat(landedBytes(reach)).as("every row is sent once").isLessThan(FILE_BYTES * 13 / 10);
            assertThat(peakResidentBytes(server.folder())).isLessThan(MOST_RESIDENT_BYTES);
        }
    }

    @Test
    void manySmallFilesAllBalance() throws Exception {
        try (ServerProcess server = start();
                Reach reach = server.reach()) {
            long rows = upload(reach);
            RemotePipeline pipeline = RemotePipeline.of(reach);
            long end = System.nanoTime() + LONGEST.toNanos();
            List<FileState> files = pipeline.files();
            while (files.size() < FILES
                    || !files.stream().allMatch(file -> file.state().isSettled())) {
                assertThat(System.nanoTime())
                        .as("%d files are not settled in time", FILES)
                        .isLessThan(end);
                Thread.sleep(500);
                files = pipeline.files();
            }
            assertThat(files).hasSize(FILES).allMatch(file -> file.state() == State.BALANCED);
            assertThat(pipeline.clients()
                            .warehouse()
                            .query("SELECT COUNT(*) AS N FROM FEEDLINE.RAW.ORDERS")
                            .getFirst())
                    .containsEntry("N", Long.toString(rows));
        }
    }

    private ServerProcess start() throws Exception {
        Path definition = Files.writeString(folder.resolve("feedline.yaml"), "feeds: { orders: {} }\n");
        return ServerProcess.start(folder.resolve("data"), definition, "-Xmx192m", "-XX:+UseSerialGC");
    }

    private static long upload(Reach reach) throws Exception {
        List<Future<Long>> uploads = new ArrayList<>();
        var s3 = reach.s3();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < FILES; i++) {
                int number = i;
                uploads.add(threads.submit(() -> {
                    ByteArrayOutputStream body = new ByteArrayOutputStream();
                    OrdersFile.Sum sum = OrdersFile.write(number, 1000, body);
                    s3.putObject(
                            request -> request.bucket(Buckets.EMBEDDED.source()).key("orders/" + number),
                            RequestBody.fromBytes(body.toByteArray()));
                    return sum.rows();
                }));
            }
        }
        long rows = 0;
        for (Future<Long> one : uploads) {
            rows += one.get();
        }
        return rows;
    }

    private static long landedBytes(Reach reach) {
        return reach
                .s3()
                .listObjectsV2Paginator(
                        request -> request.bucket(Buckets.EMBEDDED.landing()).prefix("data/"))
                .contents()
                .stream()
                .mapToLong(object -> object.size())
                .sum();
    }

    private static long peakResidentBytes(Path data) throws Exception {
        long pid = ServerFile.ofRunning(data).orElseThrow().pid();
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                        .findFirst()
                        .orElseThrow()
                << 10;
    }
}
