package dev.feedline.app.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.app.audit.StrictJson.NotJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The second reader takes what RFC 8259 calls JSON, and nothing else.
class StrictJsonTest {
    @Test
    void valuesKeepTheTextTheyWereWrittenAs() throws Exception {
        Json.Obj object = (Json.Obj) StrictJson.read(" {\"n\": -1.50E+2 , \"t\":\"\\u00e9\\/\",\"a\":[true, null]} ");
        assertThat(object.members().get("n")).isEqualTo(new Json.Num("-1.50E+2"));
        assertThat(object.members().get("t")).isEqualTo(new Json.Text("é/", "\"\\u00e9\\/\""));
        assertThat(object.members().get("a").source()).isEqualTo("[true, null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}}",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "01",
                "-",
                "1.",
                ".5",
                "+1",
                "1e",
                "0x1",
                "NaN",
                "nul",
                "truee",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\t\"",
                "{\"a\":1,\"a\":2}",
                "{\"\\u0061\":1,\"a\":2}",
                "[1 2]",
                "{\"a\" 1}",
                "\ufeff{}",
                "1 2",
                "\"\\u\uff11234\""
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> StrictJson.read(text)).isInstanceOf(NotJson.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> StrictJson.read(new byte[] {'"', (byte) 0xc3, '"'}))
                .isInstanceOf(NotJson.class);
        assertThatThrownBy(() -> StrictJson.read(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isInstanceOf(NotJson.class);
    }

    @Test
    void deepNestingIsRefusedInsteadOfOverflowing() throws Exception {
        assertThatThrownBy(() -> StrictJson.read("[".repeat(100_000).getBytes(UTF_8)))
                .isInstanceOf(NotJson.class)
                .hasMessageContaining("nested too deeply");
        assertThat(StrictJson.read("[".repeat(150) + "]".repeat(150))).isInstanceOf(Json.Arr.class);
    }
}
