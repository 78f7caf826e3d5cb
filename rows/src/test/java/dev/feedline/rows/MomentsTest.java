package dev.feedline.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The first four are the examples of RFC 3339, section 5.8, that a warehouse can hold.
class MomentsTest {
    @ParameterizedTest
    @CsvSource({
        "1985-04-12T23:20:50.52Z, 1985-04-12T23:20:50.520Z",
        "1996-12-19T16:39:57-08:00, 1996-12-20T00:39:57Z",
        "1937-01-01T12:00:27.87+00:20, 1937-01-01T11:40:27.870Z",
        "1985-04-12t23:20:50z, 1985-04-12T23:20:50Z",
        "1985-04-12 23:20:50Z, 1985-04-12T23:20:50Z",
        "2026-11-22T00:00:00-00:00, 2026-11-22T00:00:00Z",
        "2026-11-22T00:00:00+23:59, 2026-11-21T00:01:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "2024-02-29T12:00:00.000001000000000Z, 2024-02-29T12:00:00.000001Z",
    })
    void momentsOfRfc3339AreRead(String text, String moment) {
        assertThat(Moments.instant(text, false)).isEqualTo(Instant.parse(moment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22",
                "2026-11-22T10:00Z",
                "2026-11-22T10:00:00",
                "2026-11-22T10:00:00.Z",
                "2026-11-22T10:00:00,5Z",
                "2026-11-22T10:00:00.0000001Z",
                "2026-11-22T10:00:60Z",
                "1990-12-31T23:59:60Z", // the RFC's leap second
                "2026-11-22T24:00:00Z",
                "2026-11-22T10:60:00Z",
                "2026-11-22T10:00:00+0200",
                "2026-11-22T10:00:00+02",
                "2026-11-22T10:00:00+24:00",
                "2026-11-22T10:00:00+02:60",
                "2026-11-22T10:00:00 Z",
                "2026-11-22T10:00:00Z ",
                " 2026-11-22T10:00:00Z",
                "2026-11-31T10:00:00Z",
                "2026-00-01T10:00:00Z",
                "26-11-22T10:00:00Z",
                "+2026-11-22T10:00:00Z",
                "20261122T100000Z",
                "2026-11-22T10.00.00Z",
                "2026/11/22T10:00:00Z",
                "2026-11-22T1٣:00:00Z",
            })
    void allElseIsNoMoment(String text) {
        assertThat(Moments.instant(text, false)).isNull();
    }

    @Test
    void aLocalTimeIsUtcOnlyWhereThatWasAskedFor() {
        assertThat(Moments.instant("2026-11-22 10:00:00.5", true)).isEqualTo("2026-11-22T10:00:00.5Z");
        assertThat(Moments.instant("2026-11-22T10:00:00", true)).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(Moments.instant("2026-11-22 10:00:00.5", false)).isNull();
    }

    @Test
    void onlyTheFullFormIsUnmistakable() {
        assertThat(Moments.isUnmistakable("2026-11-22T10:00:00Z")).isTrue();
        assertThat(Moments.isUnmistakable("2026-11-22T10:00:00+01:00")).isTrue();
        assertThat(Moments.isUnmistakable("2026-11-22 10:00:00Z")).isFalse();
        assertThat(Moments.isUnmistakable("2026-11-22t10:00:00Z")).isFalse();
        assertThat(Moments.isUnmistakable("2026-11-22T10:00:00")).isFalse();
        assertThat(Moments.isUnmistakable("short")).isFalse();
    }

    @Test
    void datesAreCalendarDays() {
        assertThat(Moments.date("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(Moments.date("1900-02-29")).isNull();
        assertThat(Moments.date("2026-1-2")).isNull();
        assertThat(Moments.date("2026-11-22T")).isNull();
        assertThat(Moments.date("2026x11x22")).isNull();
    }
}
