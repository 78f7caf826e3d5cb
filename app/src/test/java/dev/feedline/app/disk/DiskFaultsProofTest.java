package dev.feedline.app.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.testkit.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One call of a small file's whole journey fails, for every Nth call and every way to fail: no false answer is given,
/// the process stops or refuses, and the file balances.
///
/// `-Dfeedline.every=1` tries every call (an hour), `-Dfeedline.faults=FORCE_EIO,…` some ways only.
@Tag("proof")
class DiskFaultsProofTest {
    private static final int EVERY = Integer.getInteger("feedline.every", 80);
    private static final List<Fault> FAULTS = faults(System.getProperty("feedline.faults", ""));

    @Test
    void everyNthCallMayFail(@TempDir Path temp) throws Exception {
        List<FaultTrials.Trial> wrong = new ArrayList<>();
        String kinds = System.getProperty("feedline.faults", "");
        RunReport report = new RunReport(
                "disk faults",
                RunReport.command(
                        "DiskFaultsProofTest",
                        "-Dfeedline.every=" + EVERY + (kinds.isEmpty() ? "" : " -Dfeedline.faults=" + kinds)),
                List.of());
        try (FaultTrials trials = new FaultTrials(temp)) {
            for (Fault fault : FAULTS) {
                Map<FaultTrials.Ending, Integer> endings = new EnumMap<>(FaultTrials.Ending.class);
                long calls = trials.callsOf(fault);
                for (long call = 1 + Math.min(calls, EVERY) / 2; call <= calls + EVERY; call += EVERY) {
                    FaultTrials.Trial trial = trials.run(fault, call);
                    endings.merge(trial.ending(), 1, Integer::sum);
                    if (!trial.wrong().isEmpty()) {
                        wrong.add(trial);
                        System.out.println("WRONG " + trial);
                    }
                    if (trial.ending() == FaultTrials.Ending.NOT_REACHED) {
                        break;
                    }
                    System.out.println(trial);
                }
                endings.forEach((ending, times) -> report.count(fault + " " + ending, times));
                System.out.println(fault + ": " + calls + " calls in one journey, every " + EVERY + ": " + endings);
            }
        }
        report.write(wrong.stream().map(String::valueOf).toList());
        assertThat(wrong).isEmpty();
    }

    private static List<Fault> faults(String names) {
        return names.isEmpty()
                ? List.of(Fault.values())
                : List.of(names.split(",")).stream().map(Fault::valueOf).toList();
    }
}
