package dev.feedline.app.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.TrialJava;
import dev.feedline.testkit.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed at random moments and at nine named points, with a file between upload and balance and a new
/// one with a new column on its way; in the end nothing is lost, doubled or changed.
///
/// The long form is the same with `-Dfeedline.kills=1000`, and with `-Dfeedline.servers=2` two are killed side by side;
/// `-Dfeedline.seed=N` plans the same kills and files again (what a kill at a random moment meets is the machine's).
@Tag("proof")
class KillMatrixProofTest {
    private static final int KILLS_IN_THE_BUILD = 30;
    private static final int KILLS = Integer.getInteger("feedline.kills", KILLS_IN_THE_BUILD);
    private static final int KILLS_OF_ONE_FOLDER = 30;
    private static final int SERVERS = Integer.getInteger("feedline.servers", 1);
    /// Enough for each stage to be met.
    private static final int KILLS_FOR_EVERY_STAGE = 200;
    private static final Duration LONGEST_BALANCING = Duration.ofSeconds(30);

    @Test
    void everyFileBalancesWithEqualValuesWhereverTheServerIsKilled(@TempDir Path temp) throws Exception {
        long seed = Long.getLong("feedline.seed", System.nanoTime());
        List<String> java = TrialJava.command(Files.createDirectory(temp.resolve("java")));
        Findings findings = new Findings();
        long start = System.nanoTime();
        // Alone: the first server that ends in order writes the archive that the others start from.
        epoch(0, seed, temp, java, findings);
        List<Future<?>> epochs = new ArrayList<>();
        try (ExecutorService sideBySide = Executors.newFixedThreadPool(SERVERS)) {
            for (int next = KILLS_OF_ONE_FOLDER; next < KILLS; next += KILLS_OF_ONE_FOLDER) {
                int first = next;
                epochs.add(sideBySide.submit(() -> {
                    epoch(first, seed, temp, java, findings);
                    return first;
                }));
            }
        }
        for (Future<?> epoch : epochs) {
            epoch.get();
        }
        long perKillMillis = (System.nanoTime() - start) / 1_000_000 / KILLS;
        findings.counts().forEach((name, count) -> System.out.printf("%-60s %10d%n", name, count.longValue()));
        System.out.println("ms per kill, all included: " + perKillMillis + ", seed: " + seed);
        new RunReport("kill matrix", command(), List.of(seed))
                .count(findings.counts())
                .count("ms per kill", perKillMillis)
                .write(findings.faults());
        assertThat(findings.faults()).as("seed %d", seed).isEmpty();
        assertThat(findings.longestBalancing()).as("seed %d", seed).isLessThan(LONGEST_BALANCING);
        assertThat(findings.killsInFlight()).as("kills with a file in flight").isGreaterThanOrEqualTo(KILLS / 3);
        assertThat(findings.pointsNotMet()).as("points without a kill").isEmpty();
        if (KILLS >= KILLS_FOR_EVERY_STAGE) {
            assertThat(findings.stagesWithoutKill()).as("stages without a kill").isEmpty();
        }
    }

    private static void epoch(int first, long seed, Path temp, List<String> java, Findings all) throws Exception {
        Path folder = Files.createDirectory(temp.resolve("epoch-" + first));
        Findings findings = new Findings();
        new Epoch(seed + first, folder, java, findings).run(first, Math.min(KILLS_OF_ONE_FOLDER, KILLS - first));
        if (findings.faults().isEmpty()) {
            delete(folder);
        }
        all.add(findings);
        System.out.println(all.counts());
    }

    private static String command() {
        return "./mvnw -Dquick -Pproof verify -pl app -am -Dtest=KillMatrixProofTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfeedline.kills=" + KILLS
                + (SERVERS > 1 ? " -Dfeedline.servers=" + SERVERS : "");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
