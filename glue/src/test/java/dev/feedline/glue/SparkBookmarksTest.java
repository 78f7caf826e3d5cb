package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.JobRunState;

/// What scripts commit of their jobs' bookmarks is kept however their runs, or Feedline, end, and told to the runs
/// after them.
@Timeout(60)
class SparkBookmarksTest {
    @TempDir
    Path folder;

    private ScriptRuns runs;

    @BeforeEach
    void open() throws IOException {
        runs = new ScriptRuns(folder);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void whatARunCommittedTheNextOneIsTold() throws Exception {
        runs.create("Succeed", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        assertThatThrownBy(() -> runs.glue().getJobBookmark(get -> get.jobName("spark")))
                .isInstanceOf(EntityNotFoundException.class);
        String first = runs.start(Map.of());
        runs.await(first, JobRunState.SUCCEEDED);
        String second = runs.start(Map.of());
        runs.await(second, JobRunState.SUCCEEDED);
        assertThat(runs.log(second))
                .contains("\"bookmarks\":{\"option\":\"enable\",\"state\":{\"orders\":{\"seen\":1}}}");
        var entry = runs.glue().getJobBookmark(get -> get.jobName("spark")).jobBookmarkEntry();
        assertThat(entry.jobBookmark()).isEqualTo("{\"orders\":{\"seen\":2}}");
        assertThat(entry.runId()).isEqualTo(second);
        assertThat(entry.previousRunId()).isEqualTo(first);
        assertThat(entry.version()).isEqualTo(2);

        // Paused: told, and nothing kept.
        String paused = runs.start(Map.of("--job-bookmark-option", "job-bookmark-pause"));
        runs.await(paused, JobRunState.SUCCEEDED);
        assertThat(runs.log(paused))
                .contains("\"bookmarks\":{\"option\":\"pause\",\"state\":{\"orders\":{\"seen\":2}}}");
        String between = runs.start(Map.of(
                "--job-bookmark-option", "job-bookmark-pause",
                "--job-bookmark-from", first,
                "--job-bookmark-to", second));
        runs.await(between, JobRunState.SUCCEEDED);
        assertThat(runs.log(between))
                .contains(
                        "{\"option\":\"pause\",\"state\":{\"orders\":{\"seen\":1}},\"until\":{\"orders\":{\"seen\":2}}}");
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":2}}");

        // Set back to where the first run left it, then to the beginning.
        runs.glue().resetJobBookmark(reset -> reset.jobName("spark").runId(first));
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":1}}");
        runs.glue().resetJobBookmark(reset -> reset.jobName("spark"));
        String again = runs.start(Map.of());
        runs.await(again, JobRunState.SUCCEEDED);
        assertThat(runs.log(again)).contains("\"state\":{}");
    }

    @Test
    void aRangeOfBookmarksBeginsAndEndsWithStatesThatAreKept() throws Exception {
        runs.create("Succeed", Map.of("--job-bookmark-option", "job-bookmark-disable"));
        String none = runs.start(Map.of());
        runs.await(none, JobRunState.SUCCEEDED);
        String forgotten = runs.start(Map.of("--job-bookmark-option", "job-bookmark-enable"));
        runs.await(forgotten, JobRunState.SUCCEEDED);
        runs.glue().resetJobBookmark(reset -> reset.jobName("spark"));
        String first = runs.start(Map.of());
        runs.await(first, JobRunState.SUCCEEDED);

        for (String from : List.of(none, forgotten)) {
            String paused = runs.start(Map.of(
                    "--job-bookmark-option", "job-bookmark-pause",
                    "--job-bookmark-from", from,
                    "--job-bookmark-to", first));
            runs.await(paused, JobRunState.FAILED);
            assertThat(runs.run(paused).errorMessage()).contains("No bookmark of job spark as of run " + from);
        }
        String all = runs.start(Map.of(
                "--job-bookmark-option", "job-bookmark-pause",
                "--job-bookmark-from", first,
                "--job-bookmark-to", first));
        runs.await(all, JobRunState.SUCCEEDED);
        assertThat(runs.log(all)).contains("\"bookmarks\":{\"option\":\"pause\",\"state\":{},\"until\":{}}");
    }

    @Test
    void aCommitHoldsHoweverItsRunEndsAfterIt() throws Exception {
        runs.create("CommitAndWait", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        String stopped = runs.start(Map.of());
        runs.awaitLog(stopped, "committed\n");
        runs.glue().batchStopJobRun(stop -> stop.jobName("spark").jobRunIds(stopped));
        runs.await(stopped, JobRunState.STOPPED);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":1}}");

        String killed = runs.start(Map.of());
        runs.awaitLog(killed, "committed\n");
        runs.awaitDriver(killed).destroyForcibly();
        runs.await(killed, JobRunState.FAILED);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":2}}");

        String late = runs.glue()
                .startJobRun(start -> start.jobName("spark").timeout(1))
                .jobRunId();
        runs.awaitLog(late, "committed\n");
        runs.clock().advance(Duration.ofMinutes(1));
        runs.await(late, JobRunState.TIMEOUT);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":3}}");
        runs.close(); // a run has its state before its file is removed
        try (Stream<Path> left = Files.list(folder.resolve("commits"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aCommitHoldsWhenFeedlineIsClosedBeforeItsRunHasEnded() throws Exception {
        runs.create("CommitAndWait", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        String id = runs.start(Map.of());
        runs.awaitLog(id, "committed\n");
        runs.close();

        runs.open(Duration.ZERO);

        assertThat(runs.run(id).jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(bookmark()).isEqualTo("{\"orders\":{\"seen\":1}}");
        assertThat(folder.resolve("commits")).doesNotExist();
    }

    @Test
    void aCommitThatCannotBeReadFailsItsRunAndNotTheStart() throws Exception {
        String id = committedAndSpoilt("{");
        assertThat(runs.run(id).errorMessage())
                .startsWith("What run " + id + " has committed is no JSON: ")
                .endsWith("what it did may be done again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null"})
    void aCommitThatIsNoObjectIsNotTakenForNone(String spoilt) throws Exception {
        String id = committedAndSpoilt(spoilt);
        assertThat(runs.run(id).errorMessage())
                .startsWith("What run " + id + " has committed is no JSON object, so the job's bookmark stays");
    }

    /// A run that committed and was cut, whose commit is another text at the next start.
    private String committedAndSpoilt(String text) throws Exception {
        runs.create("CommitAndWait", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        String id = runs.start(Map.of());
        runs.awaitLog(id, "committed\n");
        runs.close();
        Files.writeString(folder.resolve("commits").resolve(id + ".json"), text);

        runs.open(Duration.ZERO);

        assertThat(runs.run(id).jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThatThrownBy(this::bookmark).isInstanceOf(EntityNotFoundException.class);
        assertThat(folder.resolve("commits")).doesNotExist();
        return id;
    }

    private String bookmark() {
        return runs.glue()
                .getJobBookmark(get -> get.jobName("spark"))
                .jobBookmarkEntry()
                .jobBookmark();
    }
}
