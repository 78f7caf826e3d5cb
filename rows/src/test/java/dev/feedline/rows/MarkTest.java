package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {
    private static final String FILE_ID = "0123456789abcdef01234567";
    private static final String MARK = "\"_FL\":\"0123456789abcdef01234567:2:41\"";

    /// `$` is a line feed, `~` a carriage return, `#` the mark.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '%', textBlock = """
            {"a":1}              | {#,"a":1}
            {}                   | {#}
            {$ }                 | {#  }
            %  {"a":1} %         | %  {#,"a":1} %
            { "a" : "é" }        | {#, "a" : "é" }
            $~{$"a":$[1,~$2]$}~  | %  {#, "a": [1,  2] } %
            {"a":"\\n"}          | {#,"a":"\\n"}
            """)
    void theMarkStandsAfterTheOpeningBraceAndNothingElseChangesButLineBreaks(String row, String marked) {
        byte[] source = row.replace('$', '\n').replace('~', '\r').getBytes(UTF_8);
        byte[] spliced = Mark.splice(source, FILE_ID, 2, 41);
        assertThat(new String(spliced, UTF_8)).isEqualTo(marked.replace("#", MARK));
        Marked read = Mark.parse(spliced).orElseThrow();
        assertThat(read.fileId()).isEqualTo(FILE_ID);
        assertThat(read.chunk()).isEqualTo(2);
        assertThat(read.row()).isEqualTo(41);
        assertThat(read.original()).isEqualTo(Mark.asSent(source)).hasSize(source.length);
    }

    @Test
    void aMarkIsReadInTheMiddleOfABuffer() {
        byte[] buffer = ("xx{" + MARK + ",\"a\":1}yy").getBytes(UTF_8);
        Marked read = Mark.parse(buffer, 2, buffer.length - 2).orElseThrow();
        assertThat(new String(read.original(), UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(read.originalLength()).isEqualTo(7);
    }

    @Test
    void theLongestMarkIsWithinItsBound() {
        byte[] marked = Mark.splice("{\"a\":1}".getBytes(UTF_8), FILE_ID, Mark.MAX_NUMBER, Mark.MAX_NUMBER);
        assertThat(marked.length + 1 - 7).isLessThanOrEqualTo(Mark.MAX_BYTES);
        assertThat(Mark.parse(marked).orElseThrow().row()).isEqualTo(Mark.MAX_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{\"a\":1}",
                "{\"_FL\":1}",
                "{\"_FL\":\"\"}",
                "{\"_fl\":\"0123456789abcdef01234567:2:41\"}",
                "{ \"_FL\":\"0123456789abcdef01234567:2:41\"}",
                "{\"_FL\": \"0123456789abcdef01234567:2:41\"}",
                "{\"_FL\":\"0123456789ABCDEF01234567:2:41\"}",
                "{\"_FL\":\"0123456789abcdef0123456:2:41\"}",
                "{\"_FL\":\"0123456789abcdef01234567:02:41\"}",
                "{\"_FL\":\"0123456789abcdef01234567::41\"}",
                "{\"_FL\":\"0123456789abcdef01234567:2:0\"}",
                "{\"_FL\":\"0123456789abcdef01234567:2:-1\"}",
                "{\"_FL\":\"0123456789abcdef01234567:2\"}",
                "{\"_FL\":\"0123456789abcdef01234567:2:41:5\"}",
                "{\"_FL\":\"0123456789abcdef01234567:2:1234567890123456789\"}",
                "{\"_FL\":\"0123456789abcdef01234567:2:41",
                "{\"_FL\":\"0123456789abcdef01234567:2:41\"",
                "{\"_FL\":\"0123456789abcdef01234567:2:",
                "{\"_FL\":\"0123456789abcdef01234567:",
                "{\"_FL\":\"0123456789abcdef01234567",
            })
    void whatSpliceDoesNotWriteIsNoMark(String line) {
        assertThat(Mark.parse(line.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aBufferThatEndsAnywhereIsReadWithoutHarm() {
        byte[] whole = ("{" + MARK + ",\"a\":1}").getBytes(UTF_8);
        for (int to = 0; to <= MARK.length() + 1; to++) {
            assertThat(Mark.parse(whole, 0, to)).as("%d bytes", to).isEmpty();
        }
    }

    @Test
    void whatCannotBeMarkedIsRefused() {
        byte[] row = "{}".getBytes(UTF_8);
        assertThatThrownBy(() -> Mark.splice("[]".getBytes(UTF_8), FILE_ID, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mark.splice(row, "nope", 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mark.splice(row, FILE_ID, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mark.splice(row, FILE_ID, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mark.splice(row, FILE_ID, 0, Mark.MAX_NUMBER + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRowWithoutLineBreaksIsSentAsItIs() {
        byte[] row = "{\"a\":\t1}".getBytes(UTF_8);
        assertThat(Mark.asSent(row)).isSameAs(row);
    }
}
