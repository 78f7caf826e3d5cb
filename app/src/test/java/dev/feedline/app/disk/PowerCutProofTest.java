package dev.feedline.app.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.disk.FaultyCalls.Call;
import dev.feedline.app.disk.FaultyCalls.Effect;
import dev.feedline.testkit.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The power goes while every service is written to; what was acknowledged is there when it comes back.
///
/// `-Dfeedline.cuts=N` says how often, `-Dfeedline.seed=N` chooses the moments.
@Tag("proof")
class PowerCutProofTest {
    private static final int CUTS = Integer.getInteger("feedline.cuts", 10);
    private static final int CUTS_BETWEEN_FULL_CHECKS = 50;
    private static final int MOST_CUTS_WITHOUT_FORCE = 5;

    @Test
    void whatWasAcknowledgedSurvives(@TempDir Path temp) throws Exception {
        long seed = Long.getLong("feedline.seed", System.nanoTime());
        List<String> wrong = new ArrayList<>();
        try (PowerCuts cuts = PowerCuts.start(temp, seed)) {
            int cut = 0;
            while (cut < CUTS && wrong.isEmpty()) {
                cut++;
                wrong.addAll(cuts.cut(cut == CUTS || cut % CUTS_BETWEEN_FULL_CHECKS == 0));
            }
            if (!wrong.isEmpty()) {
                wrong.add(cuts.keep());
            }
            System.out.println("power cuts: " + cut + ", of them left to notice: " + cuts.stopped() + "; "
                    + cuts.acknowledged() + "; seed " + seed);
            new RunReport(
                            "power cuts",
                            RunReport.command("PowerCutProofTest", "-Dfeedline.cuts=" + CUTS),
                            List.of(seed))
                    .count("cuts", cut)
                    .count("of them left to notice by itself", cuts.stopped())
                    .count(cuts.acknowledged().counts())
                    .write(wrong);
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
    }

    @Test
    void withoutForcingTheLossIsSeen(@TempDir Path temp) throws Exception {
        List<String> wrong = new ArrayList<>();
        try (PowerCuts cuts = PowerCuts.start(temp, 1)) {
            cuts.disk().failAlways(List.of(Call.FORCE, Call.FORCE_DIRECTORY), Effect.LIE);
            for (int cut = 0; cut < MOST_CUTS_WITHOUT_FORCE && wrong.isEmpty(); cut++) {
                wrong.addAll(cuts.cut(false));
            }
        }
        assertThat(wrong).isNotEmpty();
    }
}
