package dev.feedline.snowflake.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.snowflake.sql.Context;
import dev.feedline.snowflake.sql.Translator;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That a comparison with a literal costs a column that is no VARIANT nothing: its filter is the scan's own.
class LiteralComparisonTest {
    private static DuckDb database;
    private static Duck duck;

    @BeforeAll
    static void open(@TempDir Path folder) throws SQLException {
        database = DuckDb.open(folder, e -> {});
        duck = database.connect();
        duck.execute("CREATE TABLE t AS SELECT i ID, CAST(i AS VARCHAR) S, TIMESTAMP '2024-01-01' + to_seconds(i) TS,"
                + " i % 2 = 0 B, CAST(i AS DECIMAL(10,2)) D, CAST('\"' || i || '\"' AS JSON) V FROM range(1000) r(i)");
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 10",
                "id = '10'",
                "10 = id",
                "s = '10'",
                "s <> '10' and s = '1' || '1'",
                "s in ('10', 'x')",
                "ts > '2024-01-01 00:05:00'",
                "ts between '2024-01-01 00:05:00' and '2024-01-01 00:06:00'",
                "d >= 1.5 and b = true",
                "id not between 1 and 998",
                "case id when 1 then true else false end",
                "id = $1",
                "id in ($1, 5)",
                "id between 1 and $1"
            })
    void itsPlanIsThatOfTheComparisonAlone(String condition) throws SQLException {
        String sql = "select count(*) from t where " + condition;
        String translated = new Translator(new Context() {}).query(sql.replace("$1", "?"));
        assertThat(translated).contains("feedline_").isNotEqualTo(sql);
        assertThat(plan(translated)).isEqualToIgnoringCase(plan(sql)).containsIgnoringCase("filter");
    }

    private static String plan(String sql) throws SQLException {
        Object[] binds = sql.contains("$1") ? new Object[] {7} : new Object[0];
        return String.join("\n", duck.query("EXPLAIN " + sql, row -> row.getString(2), binds));
    }
}
