package dev.feedline.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.Ids;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Expectations from Amazon Data Firehose, "Understand custom prefixes for Amazon S3 objects".
class PrefixExpressionTest {
    private static final Instant MOMENT = Instant.parse("2026-07-13T23:05:09Z");

    private static String evaluate(String prefix, ZoneId zone) {
        return PrefixExpression.ofData(prefix).evaluate(MOMENT, zone, Ids.seeded(new Random(1)));
    }

    @Test
    void aPrefixWithoutExpressionsGetsTheDate() {
        assertThat(evaluate("", ZoneOffset.UTC)).isEqualTo("2026/07/13/23/");
        assertThat(evaluate("legacy", ZoneOffset.UTC)).isEqualTo("legacy2026/07/13/23/");
        assertThat(evaluate("data/orders/", ZoneOffset.UTC)).isEqualTo("data/orders/2026/07/13/23/");
    }

    @Test
    void anExpressionLeavesTheDateToIt() {
        assertThat(evaluate("year=!{timestamp:yyyy}/month=!{timestamp:MM}/", ZoneOffset.UTC))
                .isEqualTo("year=2026/month=07/");
        assertThat(evaluate("!{timestamp:yyyy'/at/'HH}x", ZoneOffset.UTC)).isEqualTo("2026/at/23x");
        assertThat(evaluate("a/!{firehose:random-string}/b", ZoneOffset.UTC)).matches("a/[A-Za-z0-9]{11}/b");
    }

    @Test
    void theTimeZoneShiftsTheDate() {
        assertThat(evaluate("!{timestamp:yyyy-MM-dd-HH}", ZoneId.of("Asia/Tokyo")))
                .isEqualTo("2026-07-14-08");
    }

    @Test
    void eachRandomStringIsAnother() {
        String[] parts = evaluate("!{firehose:random-string}/!{firehose:random-string}", ZoneOffset.UTC)
                .split("/", 2);
        assertThat(parts[0]).isNotEqualTo(parts[1]);
    }
}
