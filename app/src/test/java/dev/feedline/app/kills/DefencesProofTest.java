package dev.feedline.app.kills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.KillPoint;
import dev.feedline.app.SwitchedOff;
import dev.feedline.app.TrialJava;
import dev.feedline.testkit.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every defence is needed: with it switched off a run fails that passes with it.
///
/// It prints which run caught which, and how it showed. Six are caught here; of the others it names the run that does
/// the same for them, and looks whether that run is still there.
@Tag("proof")
class DefencesProofTest {
    /// With its defences the server needs a second or two; the machine may be busy.
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /// What has not come right by then without a defence is taken not to.
    private static final Duration LONG_ENOUGH_TO_FAIL = Duration.ofSeconds(15);
    /// Which of a file's loads doubles what is counted depends on which pipe comes first.
    private static final int LOADS_OF_A_FILE = 3;

    @TempDir
    private Path temp;

    private List<String> java = List.of();
    private final List<Caught> table = new ArrayList<>();

    /// A line of the table.
    ///
    /// @param faults how many the run found, 0 when it was another test's
    private record Caught(SwitchedOff flag, String by, String showed, int faults) {
        @Override
        public String toString() {
            return "| %s | %s | %s |".formatted(flag.flag(), by, showed);
        }
    }

    @BeforeEach
    void makeJars() throws IOException {
        java = TrialJava.command(Files.createDirectory(temp.resolve("java")));
    }

    @Test
    void withoutAnyOneOfThemARunFails() throws Exception {
        journal();
        checkpointOrder();
        outboxAndSweep();
        historyWithRows();
        crcCheck();
        caughtElsewhere();
        table.forEach(System.out::println);
        RunReport report = new RunReport(
                "defences",
                "./mvnw -Dquick -Pproof verify -pl app -am -Dtest=DefencesProofTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false",
                List.of());
        table.stream()
                .filter(line -> line.faults() > 0)
                .forEach(line -> report.count(line.flag().flag() + " off, faults seen by " + line.by(), line.faults()));
        report.count(
                        "defences caught by other tests",
                        table.stream().filter(line -> line.faults() == 0).count())
                .write(List.of());
        Set<SwitchedOff> caught = EnumSet.noneOf(SwitchedOff.class);
        table.forEach(line -> caught.add(line.flag()));
        assertThat(caught).containsExactlyInAnyOrder(SwitchedOff.values());
    }

    private void journal() throws Exception {
        passes(KillPoint.LANDING_BEFORE_CHECKPOINT);
        fails(SwitchedOff.JOURNAL, KillPoint.LANDING_BEFORE_CHECKPOINT, SwitchedOff.JOURNAL);
    }

    private void checkpointOrder() throws Exception {
        passes(KillPoint.LANDING_NOT_PUT);
        fails(SwitchedOff.CHECKPOINT_ORDER, KillPoint.LANDING_NOT_PUT, SwitchedOff.CHECKPOINT_ORDER);
    }

    private void outboxAndSweep() throws Exception {
        passes(KillPoint.COMMIT_BEFORE_ANSWER, SwitchedOff.SWEEP);
        fails(SwitchedOff.OUTBOX, KillPoint.OBJECT_BEFORE_EVENT, SwitchedOff.OUTBOX, SwitchedOff.SWEEP);
        passes(KillPoint.OBJECT_BEFORE_EVENT, SwitchedOff.OUTBOX);
        table.add(new Caught(
                SwitchedOff.SWEEP,
                "the same run: with the sweep and without the outbox it passes",
                table.getLast().showed(),
                table.getLast().faults()));
    }

    private void historyWithRows() throws Exception {
        passes(KillPoint.LOAD_BEFORE_QUEUE_DELETE);
        for (int load = 1; load <= LOADS_OF_A_FILE; load++) {
            List<String> faults = kill(KillPoint.ROWS_BEFORE_HISTORY, load, SwitchedOff.HISTORY_WITH_ROWS)
                    .faults(LONG_ENOUGH_TO_FAIL);
            if (!faults.isEmpty()) {
                caught(SwitchedOff.HISTORY_WITH_ROWS, "kill at ROWS_BEFORE_HISTORY, load " + load, faults);
                return;
            }
        }
        throw new AssertionError("history-with-rows is not missed");
    }

    private void crcCheck() throws Exception {
        FlippedBit with = new FlippedBit(folder("crc-on"), java);
        assertThat(with.served()).as("with the check").isEmpty();
        FlippedBit without = new FlippedBit(folder("crc-off"), java, SwitchedOff.CRC_CHECK);
        List<String> served = without.served();
        assertThat(served).as("without the check").isNotEmpty();
        caught(
                SwitchedOff.CRC_CHECK,
                "a bit of a record flipped while it was down; with the check: " + with.refusal(),
                served);
    }

    private void caughtElsewhere() throws IOException {
        String sim = "../feeds/src/test/java/dev/feedline/feeds/sim/PipelineSimTest.java";
        elsewhere(SwitchedOff.DEDUPE, sim, "withoutDroppingRepeatsRowsAreLoadedTwice");
        elsewhere(SwitchedOff.CONTENT_SUM, sim, "withoutTheContentSumAChangedValueIsLoaded");
        elsewhere(SwitchedOff.IF_NONE_MATCH, sim, "withoutIfNoneMatchVerdictsAreOverwritten");
        elsewhere(SwitchedOff.VERDICT, sim, "withoutTheVerdictABadRowIsLoaded");
        elsewhere(SwitchedOff.CHUNK_RECORD, sim, "withoutAwaitingTheRecordedRowsSomeAreLost");
        String disk = "src/test/java/dev/feedline/app/disk/";
        elsewhere(SwitchedOff.FSYNC_OF_FILE, disk + "OrderProofTest.java", "everythingIsForcedBeforeItIsAcknowledged");
        elsewhere(
                SwitchedOff.FSYNC_OF_DIRECTORY,
                disk + "OrderProofTest.java",
                "everythingIsForcedBeforeItIsAcknowledged");
    }

    private void elsewhere(SwitchedOff flag, String file, String test) throws IOException {
        assertThat(Files.readString(Path.of(file))).contains("void " + test + "(");
        String name = Path.of(file).getFileName().toString().replace(".java", "");
        table.add(new Caught(flag, name + "." + test, "that test asks for the run to fail without it", 0));
    }

    private void passes(KillPoint point, SwitchedOff... off) throws Exception {
        assertThat(kill(point, 1, off).faults(LONGEST)).as(point.toString()).isEmpty();
    }

    private void fails(SwitchedOff flag, KillPoint point, SwitchedOff... off) throws Exception {
        List<String> faults = kill(point, 1, off).faults(LONG_ENOUGH_TO_FAIL);
        assertThat(faults).as("without " + List.of(off)).isNotEmpty();
        String also = off.length > 1 ? ", " + off[1].flag() + " off, too" : "";
        caught(flag, "kill at " + point + also, faults);
    }

    private void caught(SwitchedOff flag, String by, List<String> faults) {
        String more = faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : "";
        table.add(new Caught(flag, by, faults.getFirst().replaceFirst("^seed \\d+: ", "") + more, faults.size()));
    }

    private OneKill kill(KillPoint point, int meeting, SwitchedOff... off) throws IOException {
        return new OneKill(folder(point.name()), java, point, meeting, off);
    }

    private Path folder(String name) throws IOException {
        return Files.createTempDirectory(temp, name);
    }
}
