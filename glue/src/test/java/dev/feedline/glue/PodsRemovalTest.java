package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.sim.SimulatedClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Whose pods are looked for, when, and how often, without a process that looks.
@Timeout(30)
class PodsRemovalTest {
    private static final String MASTER = "k8s://https://there:6443";

    private static final String OTHER_MASTER = "k8s://https://elsewhere:6443";

    private static final int FEW = 3;

    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));

    /// The runs whose pods were looked for, one after the other.
    private final List<String> lookedFor = new CopyOnWriteArrayList<>();

    private volatile boolean isAnswering = true;
    private GlueStore store;
    private LeftPods pods;

    @BeforeEach
    void open() throws IOException {
        store = GlueStore.open(folder, TestGround.with(clock));
        pods = with(Duration.ofMillis(2));
    }

    private LeftPods with(Duration longestPause) {
        return new LeftPods(store, clock, this::remove, new LeftPods.Pauses(Duration.ofMillis(1), longestPause));
    }

    @AfterEach
    void close() {
        pods.close();
        store.close();
    }

    /// The loop has come past the run when it is at the next one.
    @Test
    void thoseOfARunThatEndsAreLeftToIt() {
        mayBe("first");
        mayBe("next");
        pods.ended("first", false, said -> {
            clock.advance(Duration.ofSeconds(1));
            pods.start();
            awaitLookedFor("next");
        });
        assertThat(lookedFor).containsExactly("next", "first");
    }

    @Test
    void aClusterThatDoesNotAnswerForAWeekIsGivenUp() {
        isAnswering = false;
        mayBe("run");
        pods.ended("run", false, said -> {});
        clock.advance(Duration.ofDays(6));
        pods.start();
        awaitTries(LeftPods.FEWEST_TRIES + 1);
        assertThat(left()).isEqualTo(1);
        clock.advance(Duration.ofDays(2));
        while (left() > 0) {
            pause();
        }
    }

    @Test
    void theDaysInWhichFeedlineWasOffDoNotCount() {
        isAnswering = false;
        mayBe("run");
        pods.ended("run", false, said -> {});
        clock.advance(Duration.ofDays(8));
        pods.start();
        awaitTries(FEW);
        assertThat(left()).isEqualTo(1);
    }

    /// Each failure may take a minute, and so would all others of that cluster.
    @Test
    void aClusterThatDoesNotAnswerIsAskedOnceInARound() {
        isAnswering = false;
        List.of("a", "b", "c").forEach(this::mayBe);
        mayBe("there", OTHER_MASTER);
        pods.start();
        awaitLookedFor(5);
        assertThat(lookedFor.subList(0, 5)).containsExactly("a", "there", "b", "c", "a");
    }

    @Test
    void aRunThatLeavesSomeIsTriedAgainSoonHoweverLongOthersHaveBeenLeft() {
        isAnswering = false;
        mayBe("old");
        pods = with(Duration.ofDays(1));
        pods.start();
        int rounds = 10; // each pause is twice the one before: six more would take a minute
        awaitLookedFor(rounds);
        mayBe("new");
        pods.ended("new", false, said -> {});
        awaitLookedFor(rounds + 1 + 6);
    }

    /// Its run has ended meanwhile, and has its state.
    @Test
    void thoseOfARunWhoseEndFoundAFullDiskAreRemovedWhenThereIsRoom() {
        pods.start();
        mayBe("run");
        store.write(tx -> tx.update("CREATE TABLE filling (bytes BLOB)"));
        store.write(tx -> tx.update("CREATE TRIGGER full BEFORE UPDATE ON pods"
                + " BEGIN INSERT INTO filling VALUES (zeroblob(1000000)); END"));
        mostPages(100);
        pods.ended("run", false, said -> {});
        assertThat(lookedFor).isEmpty();
        mostPages(100_000);
        awaitLookedFor("run");
    }

    @Test
    void aFeedlineWithoutSparkSaysOnceHowToRemoveThem() throws IOException {
        pods.mayBe(
                "jr_1a0c",
                new SparkConf(MASTER, SparkConf.STANDARD_MEGABYTES, Map.of("spark.kubernetes.namespace", "feedline")));
        mayBe("jr_2b0d");
        mayBe("jr_3c0e");
        store.close();
        String said = logged(() -> {
            try (EmbeddedGlue glue = EmbeddedGlue.open(folder, TestGround.with(clock), GlueSettings.of(Map.of()))) {
                glue.start();
            }
        });
        assertThat(said)
                .contains("Pods of 3 earlier runs may be left on Kubernetes")
                .contains("\nkubectl --server https://there:6443 -n default delete"
                        + " pods,configmaps,persistentvolumeclaims -l"
                        + " 'spark-app-selector in (feedline-2b0d,feedline-3c0e)'\n")
                .contains(" -n feedline ", "(feedline-1a0c)");
    }

    private void mostPages(int pages) {
        store.write(tx -> tx.query("PRAGMA max_page_count = " + pages, row -> row.getLong(1)));
    }

    private interface Step {
        void run() throws IOException;
    }

    /// What is logged meanwhile.
    private static String logged(Step step) throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            step.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    /// What came of each of them is in the store.
    private void awaitTries(int tries) {
        while (lookedFor.size() <= tries) {
            assertThat(left()).isEqualTo(1);
            pause();
        }
    }

    private long left() {
        return store.read(tx -> tx.query("SELECT COUNT(*) FROM pods", row -> row.getLong(1)))
                .getFirst();
    }

    private void mayBe(String run) {
        mayBe(run, MASTER);
    }

    private void mayBe(String run, String master) {
        pods.mayBe(run, new SparkConf(master, SparkConf.STANDARD_MEGABYTES, Map.of()));
    }

    private void remove(String master, String line, Consumer<String> telling) throws IOException {
        lookedFor.add(JsonMapper.shared().readTree(line).path("podsOfRun").asString());
        if (!isAnswering && master.equals(MASTER)) {
            throw new IOException("nobody answers");
        }
    }

    private void awaitLookedFor(String run) {
        while (!lookedFor.contains(run)) {
            pause();
        }
    }

    private void awaitLookedFor(int times) {
        while (lookedFor.size() < times) {
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
