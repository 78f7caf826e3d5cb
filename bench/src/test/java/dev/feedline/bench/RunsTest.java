package dev.feedline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is said of the figures is what they are.
class RunsTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheMiddleTwo() {
        assertThat(Runs.of("ms", 9, 1, 5).median()).isEqualTo(5);
        assertThat(Runs.of("ms", 9, 1, 5, 6).median()).isEqualTo(5.5);
    }

    @Test
    void aPercentileIsOneOfTheValues() {
        Runs runs = new Runs(
                "ms", IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList());
        assertThat(runs.percentile(99)).isEqualTo(198);
        assertThat(Runs.of("ms", 3, 1, 2).percentile(99)).isEqualTo(3);
        assertThat(Runs.of("ms", 7).percentile(99)).isEqualTo(7);
    }

    @Test
    void minAndMaxDoNotDependOnTheOrder() {
        Runs runs = Runs.of("ms", 4, 2, 8, 6);
        assertThat(List.of(runs.min(), runs.max())).containsExactly(2.0, 8.0);
    }

    @Test
    void everyRunIsPrinted() {
        assertThat(Runs.of("MB/s", 300.4, 1.5, 2)).hasToString("min 1.50, median 2.00, max 300 MB/s  (300 1.50 2.00)");
    }

    @Test
    void noRunIsNoFigure() {
        assertThatIllegalArgumentException().isThrownBy(() -> Runs.of("ms"));
    }
}
