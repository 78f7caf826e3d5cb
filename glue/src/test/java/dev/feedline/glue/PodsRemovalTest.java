package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.sim.SimulatedClock;
import java.io.IOException;
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

    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));

    /// The runs whose pods were looked for, one after the other.
    private final List<String> lookedFor = new CopyOnWriteArrayList<>();

    private GlueStore store;
    private LeftPods pods;

    @BeforeEach
    void open() throws IOException {
        store = GlueStore.open(folder, TestGround.with(clock));
        pods = new LeftPods(store, clock, this::remove);
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

    private void mayBe(String run) {
        pods.mayBe(run, new SparkConf(MASTER, SparkConf.STANDARD_MEGABYTES, Map.of()));
    }

    private void remove(String master, String line, Consumer<String> telling) {
        lookedFor.add(JsonMapper.shared().readTree(line).path("podsOfRun").asString());
    }

    private void awaitLookedFor(String run) {
        while (!lookedFor.contains(run)) {
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
