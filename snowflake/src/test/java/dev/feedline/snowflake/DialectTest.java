package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    static final List<String> FAMILIES = List.of("conditional", "text", "numbers", "dates", "json", "queries");

    /// @param page below docs.snowflake.com/en/sql-reference, with what is shown
    /// @param expected rows, or one line `! ` and the SQL state of the refusal
    record Case(String family, String page, String sql, List<String> expected) {
        Optional<String> refusal() {
            return expected.size() == 1 && expected.getFirst().startsWith("! ")
                    ? Optional.of(expected.getFirst().substring(2))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return family + ": " + sql;
        }
    }

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
        return FAMILIES.stream().flatMap(family -> read(family).stream());
    }

    /// Blocks are parted by empty lines; a block of comments alone belongs to the file.
    private static List<Case> read(String family) {
        List<Case> cases = new ArrayList<>();
        String page = "";
        String sql = "";
        List<String> expected = new ArrayList<>();
        for (String line : (text(family) + "\n\n").lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("-- ")) {
                page = line.substring(3);
            } else if (sql.isEmpty()) {
                sql = line;
            } else if (line.isEmpty()) {
                cases.add(new Case(family, page, sql, List.copyOf(expected)));
                sql = "";
                expected.clear();
            } else {
                expected.add(line);
            }
        }
        return cases;
    }

    private static String text(String family) {
        try (InputStream in = DialectTest.class.getResourceAsStream("/dialect/" + family + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
