package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.feedline.snowflake.DialectCases.Case;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Snowflake's dialect, a file per family under `dialect/`: each statement stands below the page of Snowflake's
/// documentation it comes from and above the rows that the page says, written by hand.
class DialectTest {
    static final List<String> FAMILIES =
            List.of("conditional", "text", "numbers", "dates", "json", "variants", "queries");

    private static TestWarehouse warehouse;

    @BeforeAll
    static void open(@TempDir Path folder) {
        warehouse = new TestWarehouse(folder);
        warehouse.run("create database d");
        warehouse.run("create table t (a int)");
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatThePageSays(Case one) {
        if (one.refusal().isPresent()) {
            assertThat(catchThrowable(() -> warehouse.rows(one.sql())))
                    .isInstanceOfSatisfying(
                            SnowflakeException.class,
                            e -> assertThat(e.sqlState())
                                    .as(e.getMessage())
                                    .isEqualTo(one.refusal().get()));
        } else {
            assertThat(warehouse.rows(one.sql())).containsExactlyElementsOf(one.expected());
        }
    }

    @Test
    void thereAreAtLeastAHundredAndTwentyTranslatedStatements() {
        assertThat(cases().filter(one -> one.refusal().isEmpty())).hasSizeGreaterThanOrEqualTo(120);
    }

    static Stream<Case> cases() {
        return FAMILIES.stream().flatMap(family -> DialectCases.read(family).stream());
    }
}
