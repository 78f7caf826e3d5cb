package dev.feedline.rows.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Days and moments held against those of `java.time`.
class MomentTest {
    private static final int SLACK = 4 * Long.BYTES;

    private final Moment moment = new Moment();

    @Test
    void everyDayOfFourDigitsOfYearsIsThatOfTheCalendar() {
        LocalDate end = LocalDate.of(10_000, 1, 1);
        for (LocalDate day = LocalDate.of(0, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
            long days = moment.days(text(day.toString()), 0);
            if (days != day.toEpochDay()) {
                assertThat(days).as(day.toString()).isEqualTo(day.toEpochDay());
            }
        }
    }

    @Test
    void noMonthHasMoreDaysThanTheCalendarSays() {
        YearMonth end = YearMonth.of(2400, 3);
        for (YearMonth month = YearMonth.of(1890, 1); month.isBefore(end); month = month.plusMonths(1)) {
            assertThat(moment.days(text(month + "-00"), 0)).isEqualTo(Moment.NONE);
            assertThat(moment.days(text(month + "-" + (month.lengthOfMonth() + 1)), 0))
                    .isEqualTo(Moment.NONE);
        }
    }

    @Test
    void theUsualFormIsReadAsTheGeneralOne() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                            random.nextLong(-62_167_219_200L, 253_402_300_800L), random.nextInt(1_000_000) * 1000L)
                    .truncatedTo(i % 2 == 0 ? ChronoUnit.MILLIS : ChronoUnit.MICROS);
            String written = instant.toString();
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            assertThat(moment.usualMicros(text(written), 0)).as(written).isEqualTo(micros);
            assertThat(moment.usualEnd()).isEqualTo(written.length());
            assertThat(moment.micros(text(written), 0, written.length(), false))
                    .as(written)
                    .isEqualTo(micros);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T10:00:00.1234567Z",
                "2026-11-22T10:00:00.12345678Z",
                "2026-11-22T10:00:00.Z",
                "2026-11-22T10:00:00+00:00",
                "2026-11-22T10:00:00z",
                "2026-11-22t10:00:00Z",
                "2026-11-22T10:00:00",
                "2026-11-31T10:00:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-2",
                ""
            })
    void anotherFormIsNotTheUsualOne(String written) {
        assertThat(moment.usualMicros(text(written), 0)).isEqualTo(Moment.NONE);
    }

    private static byte[] text(String written) {
        byte[] bytes = (written + '"').getBytes(US_ASCII);
        return Arrays.copyOf(bytes, bytes.length + SLACK);
    }
}
