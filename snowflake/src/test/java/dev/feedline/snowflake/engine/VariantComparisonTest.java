package dev.feedline.snowflake.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.snowflake.sql.Context;
import dev.feedline.snowflake.sql.Translator;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That comparing what may be a VARIANT costs what is none nothing, even where any name may be one.
class VariantComparisonTest {
    private static DuckDb database;
    private static Duck duck;

    @BeforeAll
    static void open(@TempDir Path folder) throws SQLException {
        database = DuckDb.open(folder, e -> {});
        duck = database.connect();
        for (String table : List.of("t", "u")) {
            duck.execute("CREATE TABLE " + table + " AS SELECT i ID, CAST(i AS VARCHAR) S,"
                    + " TIMESTAMP '2024-01-01' + to_seconds(i) TS, CAST(i AS DECIMAL(10,2)) D FROM range(1000) r(i)");
        }
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from t left join u on t.id = u.id",
                "select count(*) from t join u on t.s = u.s and t.ts < u.ts",
                "select count(*) from t where id = d and s <> 'x'",
                "select count(*) from t where ts between ts and ts",
                "select s, count(*) from t group by s",
                "select max(d) from t",
                "select distinct s from t",
                "select count(*) from t where s in (select s from u)",
                "select count(distinct s) from t"
            })
    void itsPlanIsThatOfTheQueryAlone(String sql) throws SQLException {
        String translated = new Translator(NOBODY).query(sql);
        assertThat(translated).contains("feedline_").isNotEqualTo(sql);
        assertThat(plan(translated)).isEqualToIgnoringCase(plan(sql));
    }

    private static String plan(String sql) throws SQLException {
        return String.join("\n", duck.query("EXPLAIN " + sql, row -> row.getString(2)));
    }

    /// Any name may be a VARIANT's to it.
    private static final Context NOBODY = new Context() {
        @Override
        public Optional<Map<String, Integer>> variants(Set<String> tables) {
            return Optional.empty();
        }
    };
}
