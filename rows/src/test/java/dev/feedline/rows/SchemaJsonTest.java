package dev.feedline.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJsonTest {
    @Test
    void aSchemaIsWrittenStablyAndReadBack() {
        Schema schema = new Schema(
                List.of(
                        new Column("id", new Type.Int64()),
                        new Column("first \"name\" \\ é", Type.parse("struct<`a b`:decimal(12,2)>")),
                        new Column("line\nbreak", new Type.Timestamp())),
                Set.of("line\nbreak"));
        String text = SchemaJson.write(schema);
        assertThat(text)
                .isEqualTo("[{\"name\":\"id\",\"type\":\"bigint\"},"
                        + "{\"name\":\"first \\\"name\\\" \\\\ é\",\"type\":\"struct<`a b`:decimal(12,2)>\"},"
                        + "{\"name\":\"line\\u000abreak\",\"type\":\"timestamp\",\"inferred\":true}]");
        assertThat(SchemaJson.read(text)).isEqualTo(schema);
    }

    @Test
    void theEmptySchemaIsAnEmptyArray() {
        assertThat(SchemaJson.write(Schema.EMPTY)).isEqualTo("[]");
        assertThat(SchemaJson.read(" [ ] ")).isEqualTo(Schema.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[]]",
                "[1]",
                "[{}]",
                "[{\"name\":\"a\"}]",
                "[{\"type\":\"bigint\"}]",
                "[{\"name\":1,\"type\":\"bigint\"}]",
                "[{\"name\":\"a\",\"type\":\"nope\"}]",
                "[{\"name\":\"a\",\"type\":\"bigint\",\"inferred\":false}]",
                "[{\"name\":\"a\",\"type\":\"bigint\",\"more\":1}]",
                "[{\"name\":\"a\",\"type\":\"bigint\"},{\"name\":\"a\",\"type\":\"string\"}]",
            })
    void whatIsNoSchemaIsRefused(String text) {
        assertThatThrownBy(() -> SchemaJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
