package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A label's value: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
class KubernetesLabelTest {
    private static final String RUN = "jr_" + "0123456789abcdef".repeat(4);

    @Test
    void eachAttemptHasItsOwn() {
        String first = KubernetesLabel.value(RUN);
        String last = KubernetesLabel.value(RUN + "_attempt_9999");
        assertThat(first).isEqualTo("feedline-0123456789abcdef0123456789abcdef01234567");
        assertThat(last).isEqualTo(first + "_attempt_9999");
        assertThat(List.of(first, last)).allMatch(value -> value.matches("[a-z]([-a-z0-9_]{0,61}[a-z0-9])"));
    }
}
