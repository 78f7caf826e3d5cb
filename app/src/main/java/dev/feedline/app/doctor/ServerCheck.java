package dev.feedline.app.doctor;

import dev.feedline.app.Reach;
import dev.feedline.app.ServerFile;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.kernel.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// The server that runs on the folder, if one does: whether it answers, and how fast.
final class ServerCheck {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Path data;

    ServerCheck(Path data) {
        this.data = data;
    }

    List<Finding> look() {
        Optional<ServerFile> file;
        try {
            file = ServerFile.ofRunning(data);
        } catch (IOException e) {
            return List.of(
                    Finding.fail("server", String.valueOf(e.getMessage()), "Stop the server and delete that file."));
        }
        if (file.isEmpty()) {
            return List.of(Finding.ok("server", "none runs on " + data));
        }
        ServerFile server = file.get();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                "server",
                "process " + server.pid() + " serves at " + server.endpoint() + " since " + server.started()));
        Optional<Reach.Server> reached;
        try {
            reached = Reach.running(data);
        } catch (IOException e) {
            findings.add(Finding.fail("server's keys", String.valueOf(e.getMessage()), "See the line about keys."));
            return findings;
        }
        reached.ifPresent(found -> findings.addAll(answers(found, server)));
        return findings;
    }

    /// A server that hangs is found, and not waited for as long as a client would.
    private static List<Finding> answers(Reach.Server server, ServerFile file) {
        long pid = file.pid();
        FutureTask<List<Finding>> asking = new FutureTask<>(() -> ask(server, file));
        Thread.ofPlatform().daemon().name("doctor-asks").start(asking);
        try {
            return asking.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of(
                    Finding.fail(
                            "server's answer",
                            "none in " + LONGEST_WAIT.toSeconds() + " s, though process " + pid + " lives",
                            "When it is not merely very busy or suspended (SIGSTOP): keep what `jstack " + pid
                                    + "` shows, stop it (SIGTERM, then SIGKILL: what is acknowledged is on disk), start it again."));
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking the server", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.warn("server's answer", "not waited for: interrupted", "Run doctor again."));
        }
    }

    /// What is not the server's own is not asked: that takes the definition.
    private static List<Finding> ask(Reach.Server server, ServerFile file) {
        Optional<String> elsewhere = file.warehouse();
        List<Finding> findings = new ArrayList<>();
        try (Reach reach = Reach.at(server)) {
            long start = System.nanoTime();
            if (file.storage().isPresent()) {
                Account at = file.storage().get();
                int functions = reach.lambda().listFunctions().functions().size();
                findings.add(
                        Finding.ok("server's lambda", functions + " functions, answered in " + millis(start) + " ms"));
                findings.add(Finding.ok(
                        "server's s3", "is AWS's, account " + at.id() + ", region " + at.region() + "; not asked"));
            } else {
                int buckets = reach.s3().listBuckets().buckets().size();
                findings.add(Finding.ok("server's s3", buckets + " buckets, answered in " + millis(start) + " ms"));
            }
            if (elsewhere.isPresent()) {
                findings.add(Finding.ok("server's warehouse", "is at " + elsewhere.get() + "; not asked"));
                return findings;
            }
            start = System.nanoTime();
            try (SnowflakeClient warehouse = reach.warehouse()) {
                warehouse.rows("SELECT 1");
            }
            findings.add(Finding.ok("server's warehouse", "log-in and a query in " + millis(start) + " ms"));
        } catch (SdkException | IOException e) {
            findings.add(Finding.fail(
                    "server's answer",
                    "it does not answer as it should: " + e.getMessage(),
                    "Look at its output; stop it (SIGTERM) and start it again."));
        }
        return findings;
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
