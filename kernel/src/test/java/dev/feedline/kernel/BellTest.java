package dev.feedline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BellTest {
    @Test
    void aRingBetweenLookingAndWaitingIsHeard() throws Exception {
        Bell bell = new Bell();
        long heard = bell.rings("arn:x");
        bell.ring("arn:x");
        assertThat(bell.await("arn:x", heard, Duration.ofDays(1))).isTrue();
    }

    @Test
    void silenceEndsWithTheTime() throws Exception {
        Bell bell = new Bell();
        bell.ring("arn:other");
        assertThat(bell.await("arn:x", bell.rings("arn:x"), Duration.ofMillis(1)))
                .isFalse();
    }

    @Test
    @Timeout(60)
    void aRingThatIsLostIsMadeUpForByAGlance() throws Exception {
        Bell bell = Bell.silent();
        AtomicInteger glances = new AtomicInteger();
        bell.ring("arn:x");
        assertThat(bell.await("arn:x", 0, Duration.ofDays(1), () -> glances.incrementAndGet() >= 3))
                .isTrue();
        assertThat(glances).hasValueGreaterThanOrEqualTo(3); // one may still look while the waiting one wakes
    }

    @Test
    @Timeout(60)
    void whoGlancesHearsAsWell() throws Exception {
        Bell bell = new Bell();
        Thread.ofVirtual().start(() -> bell.ring("arn:x"));
        assertThat(bell.await("arn:x", 0, Duration.ofDays(1), () -> false)).isTrue();
    }

    @Test
    void glancesThatSeeNothingEndWithTheTime() throws Exception {
        assertThat(new Bell().await("arn:x", 0, Duration.ofMillis(1), () -> false))
                .isFalse();
    }
}
