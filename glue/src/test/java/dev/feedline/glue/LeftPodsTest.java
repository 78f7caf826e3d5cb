package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.JobRunState;

/// A run on Kubernetes leaves no pod, whoever is killed. The driver is [FakeDriver], which keeps its pods' removal in a
/// folder; the genuine one has proofs in `app`.
@Timeout(60)
class LeftPodsTest {
    private static final String MASTER = "k8s://https://there:6443";

    @TempDir
    Path folder;

    private Path removed;
    private ScriptRuns runs;

    @BeforeEach
    void open() throws IOException {
        removed = Files.createDirectory(folder.resolve("removed"));
        runs = new ScriptRuns(folder);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void aDriverThatHasSeenThemGoIsBelieved() throws Exception {
        create("SeePodsGo");
        runs.await(runs.start(Map.of()), JobRunState.SUCCEEDED);
        runs.close();
        runs.open(Duration.ZERO);
        runs.await(runs.start(Map.of()), JobRunState.SUCCEEDED);
        assertThat(runs.masters()).containsExactly(MASTER, MASTER); // one driver for each run, and none to remove
    }

    @Test
    void whenTheDriverIsKilledTheyAreRemovedBeforeTheRunHasFailed() throws Exception {
        create("Wait");
        String id = runs.start(Map.of());
        runs.awaitDriver(id).destroyForcibly();
        runs.await(id, JobRunState.FAILED);
        assertThat(removed.resolve(id)).hasContent(MASTER);
        assertThat(runs.log(id)).contains("The driver has not seen the last of its run's pods go");
    }

    @Test
    void thoseThatCouldNotBeRemovedAreRemovedAfterTheNextStart() throws Exception {
        create("ExitInSilence");
        Path closed = Files.createFile(removed.resolve("closed"));
        String id = runs.start(Map.of());
        runs.await(id, JobRunState.FAILED);
        assertThat(runs.log(id)).contains("may be left at " + MASTER, "nobody answers");
        Files.delete(closed);
        runs.close();
        runs.open(Duration.ZERO);
        awaitRemoval(id);
    }

    @Test
    void thoseOfAFeedlineThatCrashedAreRemovedAfterTheNextStart() throws Exception {
        create("Outlive");
        String id = runs.start(Map.of());
        runs.awaitDriver(id);
        EmbeddedGlue crashed = runs.glue();
        runs.open(Duration.ZERO);
        awaitRemoval(id);
        crashed.close();
    }

    /// The driver has ended when the time for runs to end is over, and the process that removes its pods begins then.
    @Test
    void aGlueThatIsClosedWaitsForTheirRemoval() throws Exception {
        runs.close();
        runs.openToEndWithin(Duration.ZERO);
        create("Wait");
        String id = runs.start(Map.of());
        runs.awaitDriver(id);
        runs.close();
        assertThat(removed.resolve(id)).hasContent(MASTER);
    }

    private void create(String does) {
        runs.create(
                does,
                Map.of(
                        "--conf",
                        "spark.master=" + MASTER + " --conf spark.kubernetes.container.image=spark:4.1.1"
                                + " --conf spark.test.pods=" + removed));
    }

    private void awaitRemoval(String id) throws InterruptedException {
        while (!Files.exists(removed.resolve(id))) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
