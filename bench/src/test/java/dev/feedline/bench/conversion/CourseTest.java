package dev.feedline.bench.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/// How often an engine runs.
class CourseTest {
    @Test
    void aSmallFileIsReadMoreOftenBeforeItIsCounted() {
        Course.Plan plan = new Course.Plan(null, 5, true, false);
        assertThat(plan.warmUp(1_000_000)).isEqualTo(10);
        assertThat(plan.warmUp(800_000_001)).isEqualTo(5);
        assertThat(plan.warmUp(10_000_000_000L)).isEqualTo(3);
    }

    @Test
    void whatIsAskedForIsDone() {
        assertThat(new Course.Plan(1, 5, true, false).warmUp(1_000_000)).isEqualTo(1);
    }

    @Test
    void theRunThatStartsAProcessIsNeverCounted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Course.Plan(0, 5, true, false));
    }
}
