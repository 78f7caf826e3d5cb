package dev.feedline.feeds.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.convert.Safety;
import dev.feedline.testkit.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class PipelineSimTest {
    private static final String SEED = "feedline.seed";
    private static final int SEEDS_IN_THE_BUILD = 1000;
    private static final int SEEDS = Integer.getInteger("feedline.seeds", SEEDS_IN_THE_BUILD);

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void everyFileBalancesWhateverCrashesIsLostOrComesTwice() throws IOException {
        PipelineSimulation simulation = new PipelineSimulation();
        List<String> failures = new ArrayList<>();
        try {
            for (long seed = 0; seed < SEEDS; seed++) {
                simulation.run(seed);
            }
            assertThat(simulation.crashes().keySet())
                    .as("every point was crashed at")
                    .containsAll(simulation.passed().keySet());
        } catch (AssertionError e) {
            failures.add(e.toString().lines().findFirst().orElseThrow());
            throw e;
        } finally {
            if (SEEDS > SEEDS_IN_THE_BUILD) {
                report(simulation, failures);
            }
        }
    }

    /// A long run says what it did: at length here, and in a line for `docs/reliability.md`.
    private static void report(PipelineSimulation simulation, List<String> failures) throws IOException {
        System.out.println(simulation.summary());
        new RunReport("simulation", PipelineSimulation.COMMAND + " -Dfeedline.seeds=" + SEEDS, List.of())
                .count(simulation.counts())
                .write(failures);
    }

    @Test
    @EnabledIfSystemProperty(named = SEED, matches = ".+")
    void theSeedGivenBalances() {
        new PipelineSimulation().run(Long.getLong(SEED));
    }

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void withoutDroppingRepeatsRowsAreLoadedTwice() {
        assertFails(new PipelineSimulation(new Safety(false, false), false), 0, 1);
    }

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void withoutTheContentSumAChangedValueIsLoaded() {
        assertFails(new PipelineSimulation(new Safety(true, false), false), 0, PipelineSimulation.DAMAGING);
    }

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void withoutIfNoneMatchVerdictsAreOverwritten() {
        // It takes two invocations at once that judge a row differently: one run in some thousands.
        assertFails(new PipelineSimulation(Safety.FULL, true), 9150, 1);
    }

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void withoutTheVerdictABadRowIsLoaded() {
        // The content sum would notice.
        assertFails(new PipelineSimulation(new Safety(true, false, false, true), false), 0, 1);
    }

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void withoutAwaitingTheRecordedRowsSomeAreLost() {
        // The content sum would notice.
        assertFails(new PipelineSimulation(new Safety(true, false, true, false), false), 0, 1);
    }

    private static void assertFails(PipelineSimulation simulation, long first, int step) {
        assertThatThrownBy(() -> {
                    for (long seed = first; seed < first + 3000L * step; seed += step) {
                        simulation.run(seed);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("replay with");
    }
}
