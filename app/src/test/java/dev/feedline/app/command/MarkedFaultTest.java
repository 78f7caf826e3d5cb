package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkedFaultTest {
    @Test
    void theMarkStandsUnderTheByteAlsoBehindLettersOfSeveralBytes() {
        assertThat(MarkedFault.of("{\"a\":\"é\",x}".getBytes(UTF_8), 10))
                .isEqualTo(new MarkedFault("{\"a\":\"é\",x}", "         ^"));
        assertThat(MarkedFault.of("{\"東京\":x}".getBytes(UTF_8), 10).mark()).isEqualTo("        ^");
    }

    @Test
    void bytesThatAreNoTextAreSpelledOut() {
        byte[] row = {'{', (byte) 0xff, '}'};
        assertThat(MarkedFault.of(row, 1)).isEqualTo(new MarkedFault("{\\xff}", " ^"));
    }

    @Test
    void aLongRowIsCutAroundItsFault() {
        byte[] row = ("a".repeat(500) + "!" + "b".repeat(500)).getBytes(UTF_8);
        MarkedFault marked = MarkedFault.of(row, 500);
        assertThat(marked.text()).isEqualTo("…" + "a".repeat(60) + "!" + "b".repeat(59) + "…");
        assertThat(marked.mark()).isEqualTo(" ".repeat(61) + "^");
    }

    @Test
    void aFaultOfTheWholeRowHasNoMark() {
        assertThat(MarkedFault.of("[1]".getBytes(UTF_8), -1)).isEqualTo(new MarkedFault("[1]", ""));
        assertThat(MarkedFault.of("x".repeat(300).getBytes(UTF_8), -1).text()).isEqualTo("x".repeat(120) + "…");
    }

    @Test
    void whatATerminalWouldObeyBecomesVisible() {
        assertThat(Visible.text("a\u001b[2J\r\n\t\u0000\u007f\u009b\u202e\ud800"))
                .isEqualTo("a␛[2J␍␊␉␀␡\\u009b\\u202e\\ud800");
        assertThat(Visible.text("naïve 東京 🙂")).isEqualTo("naïve 東京 🙂");
    }
}
