package dev.feedline.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
}
