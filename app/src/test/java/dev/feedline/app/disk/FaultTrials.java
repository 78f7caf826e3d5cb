package dev.feedline.app.disk;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.ServerProcess;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/// Sends small files through a running Feedline, one of whose disk calls fails on the way.
final class FaultTrials implements AutoCloseable {
    private static final int EXIT_DISK_FAILED = 70;
    /// A journey takes well under a second; what is not done then has met the fault and waits for a retry or a sweep.
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(30);

    private final FaultyCalls disk;
    private final ServerProcess server;
    private Reach reach;
    private RemotePipeline pipeline;
    private int number;

    /// How a trial ended.
    enum Ending {
        /// The journey was over before the fault's turn came.
        NOT_REACHED,
        /// Nobody noticed anything.
        SURVIVED,
        /// The upload was refused, or the file waited for a retry; no restart was needed.
        REFUSED,
        /// As before, and the next start completed it.
        COMPLETED_BY_RESTART,
        /// The process ended by itself with exit code 70 and a reason.
        STOPPED
    }

    /// @param where the file whose call failed
    /// @param wrong what must not be, empty when all is well
    record Trial(Fault fault, long call, Ending ending, String where, List<String> wrong) {}

    FaultTrials(Path temp) throws IOException, InterruptedException {
        Path data = Files.createDirectory(temp.resolve("data"));
        Path definition =
                Files.writeString(temp.resolve("feedline.yaml"), "feeds:\n  cuts:\n    stream: { shards: 1 }\n");
        this.disk = FaultyCalls.compile(temp, data);
        this.server = ServerProcess.startOften(temp, data, definition, disk.environment());
        connect();
        String key = nextKey("warm");
        FileState warm = settled(key, upload(key), LONGEST_SETTLING).orElseThrow();
        if (warm.state() != State.BALANCED) {
            throw new IOException("the first file did not balance: " + warm);
        }
    }

    /// One file, with the fault at the Nth call after the upload begins.
    Trial run(Fault fault, long call) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        String key = nextKey(fault.name());
        long logBefore = Files.size(server.log());
        disk.failAt(call, fault.calls, fault.effect);
        @Nullable String version = tryUpload(key);
        boolean refused = version == null;
        Optional<FileState> file = version == null ? Optional.empty() : settled(key, version, PATIENCE);
        disk.heal();
        long fired = disk.fired();
        String where = fired == 0 ? "" : disk.where();
        Ending ending = fired == 0 ? Ending.NOT_REACHED : refused ? Ending.REFUSED : Ending.SURVIVED;
        OptionalInt exit = server.awaitExit(Duration.ofMillis(fired > 0 && fault.mustStop ? 5_000 : 0));
        if (exit.isPresent()) {
            ending = Ending.STOPPED;
            requireClearEnd(exit.getAsInt(), logBefore, wrong);
        } else if (fired > 0 && fault.mustStop) {
            wrong.add("the process goes on after a failed fsync of " + where);
        }
        if (exit.isPresent() || (file.isEmpty() && version != null)) {
            ending = exit.isPresent() ? ending : Ending.COMPLETED_BY_RESTART;
            restart();
        }
        if (version == null) {
            version = upload(key);
        }
        requireBalanced(key, version, wrong);
        return new Trial(fault, call, ending, where, wrong);
    }

    /// How many calls that the fault concerns one journey makes.
    long callsOf(Fault fault) throws IOException, InterruptedException {
        String key = nextKey("count");
        disk.failAt(Long.MAX_VALUE, fault.calls, fault.effect);
        Optional<FileState> file = settled(key, upload(key), LONGEST_SETTLING);
        disk.heal();
        if (file.isEmpty()) {
            throw new IOException(key + " is not settled");
        }
        return disk.count();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        reach.close();
        server.kill();
        disk.close();
    }

    private void requireClearEnd(int exit, long logBefore, List<String> wrong) throws IOException {
        byte[] log = Files.readAllBytes(server.log());
        String said = new String(log, (int) logBefore, log.length - (int) logBefore, StandardCharsets.UTF_8);
        long reasons =
                said.lines().filter(line -> line.startsWith("feedline: ")).count();
        if (exit != EXIT_DISK_FAILED || reasons != 1) {
            wrong.add("it ended with " + exit + " and " + reasons + " reasons: " + said);
        }
    }

    private void requireBalanced(String key, String version, List<String> wrong)
            throws IOException, InterruptedException {
        Optional<FileState> file = settled(key, version, LONGEST_SETTLING);
        if (file.isPresent() && file.get().state() == State.SKIPPED) {
            // The upload without an answer had been kept after all, and this one repeats it.
            file = pipeline.under(key).stream()
                    .filter(one -> one.state() == State.BALANCED)
                    .findFirst();
        }
        if (file.isEmpty() || file.get().state() != State.BALANCED) {
            wrong.add("not balanced: " + key + " " + version + " " + file + " of " + pipeline.under(key));
            return;
        }
        try (SnowflakeClient warehouse = reach.warehouse()) {
            Reckoning.compare(warehouse, file.get(), wrong);
        }
    }

    private void restart() throws IOException, InterruptedException {
        reach.close();
        server.close();
        server.startAgain();
        connect();
    }

    private void connect() throws IOException {
        reach = server.reach();
        pipeline = RemotePipeline.of(reach);
    }

    private String nextKey(String what) {
        return Acknowledged.FEED + "/" + ++number + "-" + what + ".jsonl";
    }

    private @Nullable String tryUpload(String key) {
        try {
            return upload(key);
        } catch (SdkException e) {
            return null;
        }
    }

    private String upload(String key) {
        return reach.s3()
                .putObject(
                        request -> request.bucket(Buckets.EMBEDDED.source()).key(key),
                        RequestBody.fromString(Acknowledged.feedFile(key)))
                .versionId();
    }

    /// Empty when it is not settled in time, or the server is gone.
    private Optional<FileState> settled(String key, String version, Duration longest) throws InterruptedException {
        Instant end = Instant.now().plus(longest);
        while (server.isAlive() && Instant.now().isBefore(end)) {
            try {
                Optional<FileState> file = pipeline.file(key, version);
                if (file.isPresent() && file.get().state().isSettled()) {
                    return file;
                }
            } catch (SdkException | IOException | UncheckedIOException e) {
                // it is about to end, or this look met the fault; the next look tells
            }
            Thread.sleep(100);
        }
        return Optional.empty();
    }
}
