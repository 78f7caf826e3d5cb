package dev.feedline.snowflake.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside java.time's own reading.
class PlainMomentTest {
    @Test
    void everyMomentIsReadAsJavaReadsIt() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            LocalDateTime moment = LocalDateTime.ofEpochSecond(
                    random.nextLong(-62_167_219_200L, 253_402_300_800L),
                    i % 3 == 0 ? 0 : random.nextInt(1_000_000_000) / (i % 3 == 1 ? 1 : 1000) * (i % 3 == 1 ? 1 : 1000),
                    ZoneOffset.UTC);
            String text = moment.getSecond() == 0 && moment.getNano() == 0 ? moment + ":00" : moment.toString();
            assertThat(PlainMoment.dateTime(text, text.length())).isEqualTo(moment);
            assertThat(PlainMoment.dateTime(text.replace('T', ' ') + "+02:00", text.length()))
                    .isEqualTo(moment);
            assertThat(PlainMoment.date(text.substring(0, 10))).isEqualTo(moment.toLocalDate());
        }
        assertThat(PlainMoment.date("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-02-29 00:00:00",
                "1900-02-29 00:00:00",
                "2026-13-01 00:00:00",
                "2026-00-01 00:00:00",
                "2026-04-31 00:00:00",
                "2026-04-00 00:00:00",
                "2026-04-01 24:00:00",
                "2026-04-01 00:60:00",
                "2026-04-01 00:00:60",
                "2026-04-01 00:00",
                "2026-04-01 00:00:00.",
                "2026-04-01 00:00:00.1234567891",
                "2026-04-01 00:00:00,5",
                "2026-04-01 00:00:00.5Z",
                "2026-04-01 0:00:00.5",
                "2026-04-01_00:00:00",
                "2026/04/01 00:00:00",
                "+026-04-01 00:00:00",
                "2026-04-01 -1:00:00",
                "٢٠٢٦-04-01 00:00:00",
            })
    void whatIsWrittenOtherwiseOrIsNoneIsLeftToOthers(String text) {
        assertThat(PlainMoment.dateTime(text, text.length())).isNull();
        assertThat(PlainMoment.date(text)).isNull();
    }
}
