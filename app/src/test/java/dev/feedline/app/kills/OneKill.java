package dev.feedline.app.kills;

import dev.feedline.app.KillPoint;
import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.SwitchedOff;
import dev.feedline.app.TrialServer;
import dev.feedline.app.TrialServer.Options;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A file on its way, one kill at a named point, a restart, and a second file of the same feed: what was left to be
/// done at the restart is done before the second file is through.
final class OneKill {
    private static final Duration LONGEST_WAY_TO_POINT = Duration.ofSeconds(30);
    private static final int FIRST_FILE = 0;
    private static final int SECOND_FILE = 4;

    private final Path folder;
    private final List<String> java;
    private final KillPoint point;
    private final int meeting;
    private final SwitchedOff[] off;
    private final Findings findings = new Findings();

    /// @param folder holds `feedline.yaml` and takes the data
    OneKill(Path folder, List<String> java, KillPoint point, int meeting, SwitchedOff... off) {
        this.folder = folder;
        this.java = java;
        this.point = point;
        this.meeting = meeting;
        this.off = off.clone();
    }

    /// What is wrong in the end; empty when both files are as they were sent.
    ///
    /// @param patience how long the files have after the restart
    List<String> faults(Duration patience) throws IOException, InterruptedException {
        Random random = new Random(meeting);
        Path data = folder.resolve("data");
        Path definition = Files.writeString(folder.resolve("feedline.yaml"), CustomerFile.DEFINITION);
        try (TrialServer server = TrialServer.start(
                data, definition, java, Options.PLAIN.without(off).killedAt(point, meeting))) {
            requireReady(server);
            try (Customer customer = new Customer(server.address())) {
                Customer.Upload first = customer.send(CustomerFile.make(random, FIRST_FILE));
                if (!server.awaitKilled(LONGEST_WAY_TO_POINT)) {
                    throw new AssertionError(point + " was not met a time no. " + meeting);
                }
                server.startAgain(Options.PLAIN.without(off));
                requireReady(server);
                Instant end = Instant.now().plus(patience);
                Customer.Upload second = customer.send(CustomerFile.make(random, SECOND_FILE));
                for (Customer.Upload upload : List.of(first, second)) {
                    if (!upload.awaitAcknowledged(patience.toMillis())) {
                        throw new AssertionError(upload.file().key() + " was never acknowledged");
                    }
                }
                look(server, List.of(first.file(), second.file()), end);
            }
        }
        return findings.faults();
    }

    private void look(TrialServer server, List<CustomerFile> sent, Instant end)
            throws IOException, InterruptedException {
        try (Reach reach = server.reach()) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            List<FileState> files = pipeline.files();
            while (!areSettled(files) && Instant.now().isBefore(end)) {
                Thread.sleep(200); // nobody announces that a file is settled
                files = pipeline.files();
            }
            Map<FileState, CustomerFile> balanced = new LinkedHashMap<>();
            for (FileState file : files) {
                if (file.state() == State.BALANCED) {
                    sent.stream().filter(one -> one.key().equals(file.key())).forEach(one -> balanced.put(file, one));
                } else if (file.state() != State.SKIPPED) {
                    findings.fault(
                            meeting,
                            file.key() + " is " + file.state() + ": received " + file.received() + ", loaded "
                                    + file.loaded() + ", quarantined " + file.quarantined());
                }
            }
            new Comparison(reach, folder).of(balanced, meeting, findings);
        }
    }

    private static boolean areSettled(List<FileState> files) {
        return files.stream().map(FileState::key).distinct().count() == 2
                && files.stream().allMatch(file -> file.state().isSettled());
    }

    private void requireReady(TrialServer server) throws IOException {
        if (!server.awaitReady()) {
            throw new IOException("the server did not start; see the log in " + folder);
        }
    }
}
