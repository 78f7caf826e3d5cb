package dev.feedline.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bigint",
                "double",
                "boolean",
                "string",
                "date",
                "timestamp",
                "decimal(12,2)",
                "array<array<bigint>>",
                "struct<id:bigint,tags:array<string>>",
                "struct<`first name`:string,`a``b`:struct<x:date>>"
            })
    void theGlueSpellingIsReadAndWrittenUnchanged(String glue) {
        assertThat(Type.parse(glue).glue()).isEqualTo(glue);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bigint>",
                "struct<>",
                "array<bigint",
                "decimal(39,2)",
                "decimal(5,6)",
                "varchr",
                "struct<a bigint>"
            })
    void whatIsNoTypeIsRefused(String glue) {
        assertThatThrownBy(() -> Type.parse(glue)).isInstanceOf(IllegalArgumentException.class);
    }
}
