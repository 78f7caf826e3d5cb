package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BadRowTest {
    /// Quarantine tables, scripts and people's notes hold these; a change here breaks them.
    @Test
    void theCodesAreTheseForEver() {
        assertThat(Stream.of(BadRowCode.values()).map(BadRowCode::text))
                .containsExactly(
                        "JSON-SYNTAX",
                        "JSON-ENCODING",
                        "JSON-TOO-DEEP",
                        "JSON-DUPLICATE-KEY",
                        "ROW-NOT-AN-OBJECT",
                        "ROW-TOO-LONG",
                        "CSV-RAGGED-ROW",
                        "CSV-QUOTING",
                        "CSV-ENCODING",
                        "UNPARSED-TAIL",
                        "RESERVED-KEY",
                        "TYPE-MISMATCH",
                        "NUMBER-RANGE",
                        "UNKNOWN-COLUMN",
                        "NOT-A-FEED",
                        "TRUNCATED-CONTAINER");
        for (BadRowCode code : BadRowCode.values()) {
            assertThat(BadRowCode.of(code.text())).isEqualTo(code);
        }
        assertThatThrownBy(() -> BadRowCode.of("NO-SUCH-CODE")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyCodeSaysWhatToDoInOneSentence() {
        assertThat(BadRowCode.values())
                .allSatisfy(code -> assertThat(code.advice()).matches("[A-Z][^.]*[;,] [^.]*\\."));
    }

    @Test
    void aBadRowKeepsWhereItStoodAndTheStartOfItsText() {
        RowLimits limits = new RowLimits(1000, 10, 10, 8);
        RawRow row = new RawRow(3, 5, 70, "{\"id\":\"x\"}".getBytes(UTF_8), false);
        Verdict.Bad verdict = new Verdict.Bad(BadRowCode.TYPE_MISMATCH, "id", "/id", 6, "expected bigint, found \"x\"");
        BadRow bad = BadRow.of(row, verdict, limits);
        assertThat(bad.row()).isEqualTo(3);
        assertThat(bad.line()).isEqualTo(5);
        assertThat(bad.offset()).isEqualTo(70);
        assertThat(bad.column()).isEqualTo("id");
        assertThat(bad.pointer()).isEqualTo("/id");
        assertThat(bad.detail()).isEqualTo("expected bigint, found \"x\", at byte 6 of the row");
        assertThat(new String(bad.raw(), UTF_8)).isEqualTo("{\"id\":\"x");
    }

    @Test
    void aRowThatIsBadAsAWholeNamesNoColumn() {
        RawRow row = new RawRow(1, 1, 0, "x".getBytes(UTF_8), true);
        BadRow bad = BadRow.of(row, BadRowCode.ROW_TOO_LONG, "longer than 900 KiB", RowLimits.DEFAULT);
        assertThat(bad.column()).isNull();
        assertThat(bad.pointer()).isNull();
        assertThat(bad.detail()).isEqualTo("longer than 900 KiB");
    }
}
