package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A VARIANT beside a literal takes its type; beside a bind, whose type is not known, it is refused.
class VariantsBesideLiteralsTest {
    private static TestWarehouse warehouse;

    @BeforeAll
    static void open(@TempDir Path folder) {
        warehouse = new TestWarehouse(folder);
        warehouse.run("create database d");
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void aVariantColumnTakesTheTypeOfTheLiteralBesideIt() {
        warehouse.run("create or replace table mixed (id int, v variant)");
        warehouse.run(
                "insert into mixed select column1, parse_json(column2) from values (1, '\"abc\"'), (2, '\"10\"')");
        assertThat(warehouse.rows("select id from mixed where v = 'abc'")).containsExactly("1");
        assertThat(warehouse.rows("select id from mixed where v in ('abc', 'x') and v like 'a%'"))
                .containsExactly("1");
        assertThat(warehouse.rows("select case when v = 'abc' then 'yes' else 'no' end from mixed order by id"))
                .containsExactly("yes", "no");
        assertThat(warehouse.rows("update mixed set id = 3 where v = 'abc'")).containsExactly("1|0");
        assertThat(warehouse.rows("select id from mixed where v > 9.5 and id = 2"))
                .containsExactly("2");
    }

    @Test
    void aVariantBesideALiteralThatIsJsonItselfIsComparedByItsValue() {
        warehouse.run("create or replace table json (id int, v variant)");
        // Another table's column of that name is no VARIANT.
        warehouse.run("create or replace table plain (v varchar)");
        warehouse.run("insert into plain values ('10'), ('true')");
        warehouse.run("insert into json select column1, parse_json(column2) from values (1, '\"10\"'), (2, '\"true\"'),"
                + " (3, '\"null\"'), (4, '10'), (5, '\"abc\"'), (6, 'null')");
        for (String[] one : new String[][] {
            {"v = '10'", "1|4"},
            {"'10' = v", "1|4"},
            {"(v) = '10'", "1|4"},
            {"json.v = '10'", "1|4"},
            {"v <> '10'", "2|3|5"},
            {"not v = '10'", "2|3|5"},
            {"v in ('10', 'abc')", "1|4|5"},
            {"v not in ('10', 'abc')", "2|3"},
            {"v between '10' and '11'", "1|4"},
            {"v not between '10' and '11'", "2|3|5"},
            {"v = 'true'", "2"},
            {"v = 'null'", "3"},
            {"v = '1' || '0'", "1|4"},
            {"v = '10'::varchar", "1|4"},
            {"v is distinct from '10'", "2|3|5|6"},
            {"v is not distinct from '10'", "1|4"},
            {"v like '10'", "1|4"},
            {"v like any ('10', 'tru_')", "1|2|4"},
            {"case v when '10' then 1 when 'abc' then 2 end > 0", "1|4|5"},
            {"decode(v, '10', 1, 'null', 2) > 0", "1|3|4"},
            {"nullif(v, '10') is null", "1|4"},
            {"equal_null(v, '10')", "1|4"},
            {"get(array_construct(v), 0) = '10'", "1|4"},
            {"id = 4 and v = 10 and v > 9.5 and v <= 10 and v < 5 + 6 and v in (9, 10)", "4"},
            {"exists (select 1 from plain p where p.v = '10' and json.v = '10')", "1|4"}
        }) {
            String[] expected = one[1].split("\\|");
            String sql = "select id from json where " + one[0] + " order by id";
            assertThat(warehouse.rows(sql)).as(one[0]).containsExactly(expected);
            warehouse.run("begin");
            assertThat(warehouse.rows(sql)).as("in a transaction: " + one[0]).containsExactly(expected);
            warehouse.run("commit");
        }
        warehouse.run("create or replace table made as select id from json where v = '10'");
        warehouse.run("create or replace view seen as select id from json where v in ('true', 'abc')");
        assertThat(warehouse.rows("select id from made union all select id from seen order by id"))
                .containsExactly("1", "2", "4", "5");
        assertThat(warehouse.rows("select max(v) from json group by id having max(v) = '10'"))
                .containsExactly("\"10\"", "10");
        warehouse.session.executeMany("update json set id = ? where v = 'true'", List.of(List.of(20), List.of(22)));
        assertThat(warehouse.rows("select id from json where v = 'true'")).containsExactly("22");
        assertThat(warehouse.rows("delete from json where v = '10'")).containsExactly("2");
    }

    @Test
    void aColumnThatIsSetIsNotCompared() {
        warehouse.run("create or replace table json (id int, a varchar, b boolean)");
        warehouse.run("insert into json values (1, 'x', true)");
        warehouse.run("update json j set a = 'y', b = false where j.a = 'x' and b = true");
        warehouse.run("merge into json using (select 1 id) s on json.id = s.id when matched and json.a = 'y'"
                + " then update set a = 'z', b = 1 = 1");
        assertThat(warehouse.rows("select * from json")).containsExactly("1|z|true");
        warehouse.run("create or replace table json as select parse_json('\"10\"') v, false b, false c");
        warehouse.run("update json set b = v = '10', c = v in ('10', 'x')");
        assertThat(warehouse.rows("select b, c from json")).containsExactly("true|true");
    }

    @Test
    void aVariantBesideWhatTellsNoTypeIsRefused() {
        warehouse.run("create or replace table json as select parse_json('\"10\"') v, '10' s, 1 n");
        for (String condition : List.of(
                "v = ?",
                "? = v",
                "v in (?, 'x')",
                "v between ? and '2'",
                "coalesce(v, v) = ?",
                "? = coalesce(v, v)",
                "v between v and ?",
                "v in (v, ?)")) {
            assertThatThrownBy(() -> warehouse.rows("select n from json where " + condition, "10"))
                    .as(condition)
                    .hasMessageContaining("Comparing a VARIANT with a bind")
                    .isInstanceOfSatisfying(
                            SnowflakeException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("0A000"));
            assertThat(warehouse.rows("select n from json where " + condition.replace("v", "s"), "10"))
                    .as(condition)
                    .containsExactly("1");
        }
        warehouse.refuses("select n from json where v in ('10', 5)", "0A000", "literals of several types");
        assertThat(warehouse.rows("select n from json where v between '10' and s and not v between 'x' and s"))
                .containsExactly("1");
        assertThat(warehouse.rows("select n from json where v::varchar = ?", "10"))
                .containsExactly("1");
    }

    @Test
    void aChangeWithABindGivesTextsTheVariantsValue() {
        warehouse.run("create or replace table bound (id int, s varchar, v variant)");
        warehouse.run("create or replace table json as select 1 id, parse_json('\"x\"') v");
        for (String query : List.of(
                "select id, v, v from json where id = ?",
                "select * from (select id, v, v as w from json where id = ?)",
                "select distinct ?, v, v from json",
                "with q as (select v, ? n from json) select n, v, v from q")) {
            warehouse.run("insert into bound " + query, 1);
        }
        assertThat(warehouse.rows("select count(*), id, s, v from bound group by id, s, v"))
                .containsExactly("4|1|x|\"x\"");
        assertThatThrownBy(() -> warehouse.run("insert into bound (id, v) values (2, ?)", 8))
                .hasMessageContaining("expecting VARIANT but got a bind (say PARSE_JSON(?) or TO_VARIANT(?))");
    }
}
