package dev.feedline.feeds.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.convert.Safety;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class PipelineSimTest {
    private static final String SEED = "feedline.seed";
    private static final int SEEDS_IN_THE_BUILD = 600;
    private static final int SEEDS = Integer.getInteger("feedline.seeds", SEEDS_IN_THE_BUILD);

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void everyFileBalancesWhateverCrashesIsLostOrComesTwice() {
        PipelineSimulation simulation = new PipelineSimulation();
        for (long seed = 0; seed < SEEDS; seed++) {
            simulation.run(seed);
        }
        if (SEEDS > SEEDS_IN_THE_BUILD) {
            System.out.println(simulation.summary());
        }
        assertThat(simulation.crashes().keySet())
                .as("every point was crashed at")
                .containsAll(simulation.passed().keySet());
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
        // It takes two invocations at once that judge a row differently: one run in some hundreds.
        assertFails(new PipelineSimulation(Safety.FULL, true), 1750, 1);
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
