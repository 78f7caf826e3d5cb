package dev.feedline.app.kills;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.TrialServer;
import dev.feedline.app.TrialServer.Options;
import dev.feedline.feeds.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// One data folder through many kills, then left in peace until every file balances, then read.
///
/// Each life of the server meets one new file with one new column. Its upload begins while the server is down, so that
/// it arrives with the restart: the client's put is refused until the port is open and is sent
/// again.
final class Epoch {
    /// A point that is not met by then was not on the way of this life's files: some are met once only.
    private static final Duration LONGEST_WAY_TO_POINT = Duration.ofSeconds(8);
    private static final long LONGEST_UPLOAD_MILLIS = 4_000;
    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(2);

    private final long seed;
    private final Random random;
    private final Path folder;
    private final List<String> java;
    private final Findings findings;
    private final List<Customer.Upload> uploads = new ArrayList<>();
    private final List<Killed> kills = new ArrayList<>();

    /// A kill, with the files that had been sent by then.
    private record Killed(Instant at, boolean wasReady, List<CustomerFile> sent) {}

    Epoch(long seed, Path folder, List<String> java, Findings findings) {
        this.seed = seed;
        this.random = new Random(seed);
        this.folder = folder;
        this.java = java;
        this.findings = findings;
    }

    /// @param first the number of the first life, among those of all epochs: it decides which points have their turn
    void run(int first, int lives) throws IOException, InterruptedException, SQLException {
        Path definition = Files.writeString(folder.resolve("feedline.yaml"), CustomerFile.DEFINITION);
        try (TrialServer server = TrialServer.start(folder.resolve("data"), definition, java, Options.PLAIN)) {
            if (!server.awaitReady()) {
                throw new IOException("the first server did not start; see the log in " + folder);
            }
            try (Customer customer = new Customer(server.address())) {
                server.kill();
                for (int life = first; life < first + lives; life++) {
                    live(server, customer, Life.of(life, random), life);
                }
                peace(server, customer);
            }
        }
        tellStages();
    }

    private void live(TrialServer server, Customer customer, Life life, int number)
            throws IOException, InterruptedException {
        Customer.Upload upload =
                send(customer, number, life instanceof Life.WhileUploading ? Life.WhileUploading.LINE : Duration.ZERO);
        server.startAgain(life.options());
        boolean ready = server.awaitReady();
        boolean met = switch (life) {
            case Life.ToPoint(var point, int meeting, var held) -> server.awaitKilled(LONGEST_WAY_TO_POINT);
            case Life.AfterUpload(long millis) -> {
                upload.awaitAcknowledged(LONGEST_UPLOAD_MILLIS);
                Thread.sleep(millis); // the kill's moment is the point of the test
                yield false;
            }
            case Life.AfterReady(long millis) -> {
                Thread.sleep(millis); // as above
                yield false;
            }
            case Life.WhileUploading(long millis) -> {
                Thread.sleep(millis); // as above
                yield false;
            }
        };
        server.kill();
        kills.add(new Killed(
                Instant.now(),
                ready,
                uploads.stream().map(Customer.Upload::file).toList()));
        findings.killed(life.namedPoint().filter(point -> met));
    }

    private Customer.Upload send(Customer customer, int number, Duration longest) throws IOException {
        Customer.Upload upload = customer.send(CustomerFile.make(random, number), longest);
        uploads.add(upload);
        return upload;
    }

    /// The last restart: from here on nobody is killed.
    private void peace(TrialServer server, Customer customer) throws IOException, InterruptedException {
        send(customer, Integer.MAX_VALUE - random.nextInt(1_000_000), Duration.ZERO);
        server.startAgain(Options.PLAIN);
        long start = System.nanoTime();
        if (!server.awaitReady()) {
            throw new IOException("the last server did not start; see the log in " + folder);
        }
        for (Customer.Upload upload : uploads) {
            if (!upload.awaitAcknowledged(LONGEST_SETTLING.toMillis())) {
                findings.fault(seed, upload.file().key() + " was never acknowledged");
            }
        }
        try (Reach reach = server.reach()) {
            List<FileState> files = settled(RemotePipeline.of(reach));
            findings.balancedAfter(Duration.ofNanos(System.nanoTime() - start));
            account(files, customer.acknowledged());
            new Comparison(reach, folder).of(balanced(files), seed, findings);
        }
    }

    private List<FileState> settled(RemotePipeline pipeline) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONGEST_SETTLING);
        while (true) {
            List<FileState> files = pipeline.files();
            boolean settled = files.stream().allMatch(file -> file.state().isSettled());
            if (settled || Instant.now().isAfter(end)) {
                return files;
            }
            Thread.sleep(200);
        }
    }

    /// Every acknowledged version is there, and of every key just one version was loaded: the others repeat it.
    private void account(List<FileState> files, Map<String, Customer.Acknowledged> acknowledged) {
        Set<String> versions = new HashSet<>();
        Map<String, Integer> balanced = new HashMap<>();
        for (FileState file : files) {
            versions.add(file.key() + " " + file.version());
            switch (file.state()) {
                case BALANCED -> balanced.merge(file.key(), 1, Integer::sum);
                case SKIPPED -> {}
                default -> findings.fault(seed, "not balanced: " + file);
            }
        }
        acknowledged.forEach((key, upload) -> {
            if (!versions.contains(key + " " + upload.version())) {
                findings.fault(seed, "acknowledged and lost: " + key + " " + upload.version());
            }
        });
        for (Customer.Upload upload : uploads) {
            if (balanced.getOrDefault(upload.file().key(), 0) != 1) {
                findings.fault(
                        seed,
                        upload.file().key() + " was loaded "
                                + balanced.get(upload.file().key()) + " times");
            }
        }
    }

    private Map<FileState, CustomerFile> balanced(List<FileState> files) {
        Map<FileState, CustomerFile> pairs = new LinkedHashMap<>();
        for (FileState file : files) {
            if (file.state() == FileState.State.BALANCED) {
                uploads.stream()
                        .map(Customer.Upload::file)
                        .filter(sent -> sent.key().equals(file.key()))
                        .forEach(sent -> pairs.put(file, sent));
            }
        }
        findings.files(pairs);
        return pairs;
    }

    private void tellStages() throws IOException, SQLException {
        Chronicle chronicle = Chronicle.read(folder.resolve("data"));
        Map<CustomerFile, FileState> states = findings.lastFiles();
        for (Killed kill : kills) {
            List<Stage> stages = new ArrayList<>();
            for (CustomerFile file : kill.sent()) {
                String fileId = Optional.ofNullable(states.get(file))
                        .map(FileState::fileId)
                        .orElse("");
                Stage stage = chronicle.stageOf(file, fileId, kill.at());
                if (stage != Stage.BALANCED && (stage != Stage.UPLOADING || kill.wasReady())) {
                    stages.add(stage);
                }
            }
            findings.stages(stages);
        }
    }
}
