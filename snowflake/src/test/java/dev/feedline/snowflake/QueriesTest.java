package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SELECT and DML in Snowflake's dialect. Expected values are from Snowflake's documentation of each
/// function.
class QueriesTest {
    private static TestWarehouse warehouse;

    @BeforeAll
    static void open(@TempDir Path folder) {
        warehouse = new TestWarehouse(folder);
        warehouse.run("create database d");
        warehouse.run("create table events (id int, v variant, note varchar)");
        warehouse.run("""
                insert into events select 1, parse_json('{"a":{"b":[10,{"c":"x y"}]},"n":12345678901234567.123456789012345678,
                  "Key":true,"z":null,"s":"007"}'), 'first'""");
        warehouse.run("insert into events values (2, null, null)");
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "select iff(1 > 2, 'a', 'b')#b",
                "select nvl(null, 3), ifnull(null, 4), nvl2(null, 1, 2), zeroifnull(null)#3|4|2|0",
                "select decode(2, 1, 'one', 2, 'two', 'many'), equal_null(null, null)#two|true",
                "select concat('a', null), concat('a', 'b'), 'a' || 'b'#null|ab|ab",
                "select greatest(1, null), greatest(1, 3), least(2, 1)#null|3|1",
                "select 1.10::number(12,2), '2.5'::number(38,1), 1.5::int#1.10|2.5|2",
                "select 'abc'::varchar(3), 12::string, 'x'::text#abc|12|x",
                "select try_cast('x' as int), cast('5' as number(3,0)), try_to_number('7')#null|5|7",
                "select '2020-01-31'::date, to_date('2020-02-29'), '10:11:12'::time#2020-01-31|2020-02-29|10:11:12",
                "select '2020-01-31 10:00:00.5'::timestamp_ntz#2020-01-31T10:00:00.500",
                "select datediff(month, '2020-01-31'::date, '2020-02-01'::date)#1",
                "select dateadd(day, 1, '2020-02-28'::timestamp)#2020-02-29T00:00",
                "select date_trunc('month', '2020-02-28'::timestamp)#2020-02-01T00:00",
                "select dayname('2020-01-01'::date), monthname('2020-01-01'::date)#Wed|Jan",
                "select regexp_replace('aXbX', 'X', '-'), regexp_like('ab', 'a'), startswith('ab', 'a')#a-b-|false|true",
                "select count_if(x > 1), sum(x), count(*) from values (1), (2), (3) t(x)#2|6|3",
                "select listagg(x, ',') within group (order by x desc) from values ('a'), ('b') t(x)#b,a",
                "select x from values (3), (1), (2) t(x) qualify row_number() over (order by x) = 1#1",
                "select case when 1 = 1 then 'y' else 'n' end::varchar#y",
                "select current_database(), current_schema(), current_user()#D|PUBLIC|FEEDLINE",
                "select $$it's$$, 'a\\'b', 'a''b' // comment#it's|a'b|a'b",
                "select id from events minus select 2#1",
                "select left('abc', 2), right('abc', 1)#ab|c",
                "select sum(id) over (order by id)::varchar from events where id = 1#1",
            })
    void saysWhatSnowflakeSays(String sql, String expected) {
        assertThat(warehouse.rows(sql)).containsExactly(expected);
    }

    @Test
    void pathsReachIntoVariantsAndKeepEveryDigit() {
        assertThat(warehouse.rows("select v:a.b[0], v:a.b[1].c, v:a['b'][1]:c::string, v:Key, v:key, v:z, v:s::int"
                        + " from events where id = 1"))
                .containsExactly("10|\"x y\"|x y|true|null|null|7");
        assertThat(warehouse.rows("select v:n::number(38,18), v:n, v:a, v:z::string from events where id = 1"))
                .containsExactly("12345678901234567.123456789012345678|12345678901234567.123456789012345678|"
                        + "{\"b\":[10,{\"c\":\"x y\"}]}|null");
        assertThat(warehouse.types("select v:a, v:s::varchar from events"))
                .containsExactly("VARIANT", "VARCHAR(16777216)");
        assertThat(warehouse.rows("select e.v:a.b[0]::int + 1 from events e where e.v:s::string = '007'"))
                .containsExactly("11");
    }

    @Test
    void aCastOfAVariantUnwrapsItsValue() {
        assertThat(warehouse.rows("select parse_json('\"abc\"')::varchar, parse_json('1.50')::number(5,2),"
                        + " parse_json('null')::int, parse_json('12345678901234567890.25')::number(38,2)"))
                .containsExactly("abc|1.50|null|12345678901234567890.25");
    }

    @Test
    void columnsAreNamedAsSnowflakeNamesThem() {
        assertThat(warehouse.names(
                        "select id, count(*), id+1, 'x', v:a.b, v:s::string, id as foo, id bar, \"ID\" as \"low\","
                                + " current_date from events group by all limit 1"))
                .containsExactly(
                        "ID", "COUNT(*)", "ID+1", "'X'", "V:A.B", "V:S::STRING", "FOO", "BAR", "low", "CURRENT_DATE");
        assertThat(warehouse.names("with q as (select id as mine from events) select q.*, mine m2 from q"))
                .containsExactly("MINE", "M2");
    }

    @Test
    void nullsSortAsTheLargest() {
        assertThat(warehouse.rows("select x from values (1), (null), (2) t(x) order by x desc"))
                .containsExactly("null", "2", "1");
        assertThat(warehouse.rows("select x from values (1), (null), (2) t(x) order by x"))
                .containsExactly("1", "2", "null");
    }

    @Test
    void changesAnswerTheirCounts() {
        warehouse.run("create or replace table t (a int, b varchar)");
        assertThat(count("insert into t (a, b) values (1, 'x'), (2, ?)", "y")).isEqualTo("number of rows inserted=2");
        assertThat(count("update t set b = 'z' where a = 2"))
                .isEqualTo("number of rows updated=1, number of multi-joined rows updated=0");
        assertThat(
                        count(
                                "merge into t using (select 2 a union all select 3) s on t.a = s.a"
                                        + " when matched then update set b = 'm' when not matched then insert (a, b) values (s.a, 'n')"))
                .isEqualTo("number of rows inserted=1, number of rows updated=1");
        assertThat(count("delete from t where a = 1")).isEqualTo("number of rows deleted=1");
        assertThat(warehouse.rows("select a, b from t order by a")).containsExactly("2|m", "3|n");
        assertThat(warehouse.run("delete from t").updateCount()).hasValue(2);
    }

    @Test
    void transactionsAreTheSessions() {
        warehouse.run("create or replace table t (a int)");
        warehouse.run("begin");
        warehouse.run("insert into t values (1)");
        assertThat(warehouse.session.inTransaction()).isTrue();
        warehouse.run("rollback");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
        warehouse.run("rollback");
        warehouse.run("commit");
        warehouse.run("alter session set autocommit = false");
        warehouse.run("insert into t values (2)");
        try (Session other = warehouse.snowflake.openSession(SessionOptions.in("D", "PUBLIC"))) {
            assertThat(other.execute("select * from t").all()).isEmpty();
            warehouse.run("commit");
            assertThat(other.execute("select * from t").all()).hasSize(1);
        }
        warehouse.run("alter session set autocommit = true");
    }

    @Test
    void aFailedStatementEndsItsTransactionAndCommitSaysSo() {
        warehouse.run("create or replace table t (a int)");
        warehouse.run("begin");
        warehouse.run("insert into t values (1)");
        refused("select nope from t", "000904", "42000", "invalid identifier 'NOPE'");
        refused("select 1", "090232", "25000", "rolled back");
        refused("commit", "090232", "25000", "nothing to commit");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
    }

    @Test
    void aLargeResultIsStreamedAndTheNextStatementClosesIt() {
        Result result = warehouse.run("select seq8() a from table(generator(rowcount => 200000))");
        for (int i = 0; i < 5_000; i++) {
            assertThat(result.next()).isNotNull();
        }
        assertThat(warehouse.rows("select 1")).containsExactly("1");
        assertThat(result.next()).isNull();
    }

    @Test
    void whatAStatementNamesWronglyHasSnowflakesCode() {
        warehouse.run("create or replace table wrong (a int, b int)");
        warehouse.run("create or replace table other (a int)");
        refused("select x.nope from wrong x", "000904", "42000", "invalid identifier 'X.NOPE'");
        refused("select nope.a from wrong", "000904", "42000", "invalid identifier 'NOPE'");
        refused("insert into wrong (a, nope) values (1, 2)", "000904", "42000", "invalid identifier 'NOPE'");
        refused("insert into wrong select 1", "002020", "21S01", "expecting 2 but got 1");
        refused("insert into wrong (a) values (1, 2)", "002020", "21S01", "expecting 1 but got 2");
        refused("select b, count(*) from wrong group by a", "001104", "42601", "'B' in select clause is neither");
        refused("select b, count(*) from wrong", "001104", "42601", "'B' in select clause is neither");
        refused("select a from wrong, other", "001003", "42000", "ambiguous column name 'A'");
        refused("select 1 union all select 1, 2", "001789", "42601", "invalid number of result columns");
        refused("create table v (a int, b int, a int)", "002025", "42S21", "duplicate column name 'A'");
    }

    @Test
    void errorsHaveSnowflakesCodes() {
        refused("selec 1", "001003", "42000", "unexpected 'selec'");
        refused("select * from nosuch", "002003", "42S02", "'NOSUCH' does not exist");
        refused("select nope from events", "000904", "42000", "invalid identifier 'NOPE'");
        refused("select nofunction(1)", "002140", "42601", "Unknown function NOFUNCTION");
        refused("select 'abc'::int", "100038", "22018", "abc");
        refused("", "000900", "42601", "Empty");
        warehouse.run("create or replace table nn (a int not null, b varchar(2))");
        refused("insert into nn values (null, 'x')", "100072", "22000", "NULL result in a non-nullable column A");
        refused("insert into nn values (1, 'xyz')", "100078", "22000", "too long");
    }

    /// Source: docs.snowflake.com/en/sql-reference/sql/insert.
    @Test
    void insertOverwriteTakesThePlaceOfTheRowsAndMayReadThem() {
        warehouse.run("create or replace table o (a int, b varchar default 'x')");
        warehouse.run("insert into o values (1, 'a'), (2, 'b'), (3, 'c')");
        assertThat(warehouse.rows("insert overwrite into o (a) select a * 10 from o where a > 1"))
                .containsExactly("2");
        assertThat(warehouse.rows("select * from o order by a")).containsExactly("20|x", "30|x");
        warehouse.run("begin");
        warehouse.run("insert into o values (4, 'd')");
        warehouse.run("insert overwrite into o values (?, 'e'), (6, 'f')", 5);
        assertThat(warehouse.rows("select * from o order by a")).containsExactly("5|e", "6|f");
        warehouse.run("rollback");
        assertThat(warehouse.rows("select * from o order by a")).containsExactly("20|x", "30|x");
        warehouse.refuses("insert overwrite into o select 'no number', 'x'", "22018", "Numeric value 'no number'");
        assertThat(warehouse.rows("select * from o order by a")).containsExactly("20|x", "30|x");
        assertThat(warehouse.rows("insert overwrite into d.public.o select 1, 'x' where false"))
                .containsExactly("0");
        assertThat(warehouse.rows("select * from o")).isEmpty();
        warehouse.run("create or replace view ov as select a from o");
        warehouse.refuses("insert overwrite into ov values (1)", "42000", "");
        warehouse.refuses("insert overwrite into nowhere values (1)", "42S02", "does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select v:a + 1 from events",
                "select * from @stage",
                "select * from events at (offset => -60)",
                "select id from events start with id = 1 connect by id = prior id",
                "select :x",
                "select hash(1)",
                "select 2 ^ 3",
                "select system$whatever('x')",
                "insert all into t values (1) select 1",
                "insert overwrite all into t values (1) select 1",
                "select * from information_schema.nope",
            })
    void whatIsSnowflakesAndNotTranslatedIsRefused(String sql) {
        refused(sql, "001003", "0A000", "is not supported by the embedded warehouse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select nope(1)",
                "select read_text('/etc/hostname')",
                "select * from read_parquet('/etc/hostname')",
                "select * from duckdb_settings()",
                "select string_split('a,b', ',')",
                "select \"list_value\"(1)",
                "select main.list_value(1)",
                "select memory.main.feedline_divide(1, 2)",
                "select feedline_json('{}', '$')",
                "select * from range(3)",
            })
    void whatIsNoFunctionOfSnowflakesIsUnknown(String sql) {
        refused(sql, "002140", "42601", "Unknown function");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from 'x.csv'",
                "select * from events, 'x.csv'",
                "with x as (delete from events returning *) select * from x",
                "with x as (select 1) insert into events select 1",
                "insert or replace into events values (1, null, null)",
                "insert into events values (1, null, null) returning id",
                "insert into events (id) values (1) on conflict do nothing",
                "select * from (from events)",
                "select * from (pivot events on id)",
            })
    void whatOnlyDuckDbHasIsASyntaxError(String sql) {
        refused(sql, "001003", "42000", "syntax error unexpected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 where 'a' similar to 'b'",
                "select distinct on (id) id from events",
                "select count(*) filter (where id > 1) from events",
                "select current_timestamp at time zone 'UTC'",
                "select 'a' collate nocase",
                "select 1 except all select 2",
                "select 1 union by name select 2",
                "select * from events using sample 1",
                "insert into events by name select 1 id",
                "select sum(id) over w from events window w as (order by id)",
                "select * from pg_catalog.pg_tables",
                "select * from memory.main.x",
            })
    void clausesThatAreNotTranslatedAreRefused(String sql) {
        refused(sql, "001003", "0A000", "is not supported by the embedded warehouse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from duckdb_tables",
                "select * from pg_class",
                "select * from sqlite_master",
                "select * from \"/etc/passwd.csv\"",
            })
    void theInnerDatabasesViewsAndFilesDoNotExist(String sql) {
        refused(sql, "002003", "42S02", "does not exist or not authorized");
    }

    @Test
    void noStatementReadsTheMachinesFiles() {
        assertThatThrownBy(() -> warehouse.run("select * from '/etc/hostname'")).isInstanceOf(SnowflakeException.class);
        assertThatThrownBy(() -> warehouse.run("select * from \"/etc/passwd.csv\""))
                .isInstanceOf(SnowflakeException.class);
    }

    @Test
    void bindsOfEveryKindArriveAsTheyAre() {
        Instant now = Instant.parse("2026-11-23T07:00:00.123456Z");
        LocalDateTime local = LocalDateTime.parse("2020-02-29T10:00:00.5");
        assertThat(warehouse.rows(
                        "select ?::number(38,18), ?::float, ?, ?::boolean, ?::date, ?::timestamp_ntz, ?::timestamp_ltz,"
                                + " ?::varchar, ?::int",
                        new BigDecimal("12345678901234567.123456789012345678"),
                        0.1,
                        "it's",
                        true,
                        LocalDate.parse("2020-02-29"),
                        local,
                        now,
                        null,
                        42L))
                .containsExactly(
                        "12345678901234567.123456789012345678|0.1|it's|true|2020-02-29|2020-02-29T10:00:00.500|"
                                + "2026-11-23T07:00:00.123456Z|null|42");
        warehouse.run("create or replace table bin (b binary)");
        warehouse.run("insert into bin values (?)", (Object) new byte[] {0, (byte) 0xff});
        assertThat((byte[]) warehouse.run("select b from bin").all().getFirst().getFirst())
                .containsExactly(0, 0xff);
    }

    @Test
    void aRunningStatementIsCanceledFromAnotherThread() throws Exception {
        Session session = warehouse.snowflake.openSession();
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread running = Thread.startVirtualThread(() -> {
            try {
                session.execute("select count(*) from (select seq8() a from table(generator(rowcount => 3000000))) x,"
                                + " (select seq8() b from table(generator(rowcount => 3000000))) y where a * b = 7")
                        .all();
            } catch (SnowflakeException e) {
                ended.set(e);
            }
        });
        while (running.isAlive()) {
            session.cancel();
            running.join(java.time.Duration.ofMillis(20));
        }
        assertThat(ended.get())
                .isInstanceOfSatisfying(
                        SnowflakeException.class, e -> assertThat(e.error()).isEqualTo(SnowflakeError.CANCELED));
        assertThat(session.execute("select 1").all()).hasSize(1);
        session.close();
    }

    @Test
    void aClosedSessionSaysSo() {
        Session session = warehouse.snowflake.openSession();
        session.close();
        session.close();
        assertThatThrownBy(() -> session.execute("select 1"))
                .isInstanceOfSatisfying(
                        SnowflakeException.class, e -> assertThat(e.error()).isEqualTo(SnowflakeError.SESSION_CLOSED));
    }

    @Test
    void aScriptRunsStatementByStatement() {
        int ran = warehouse.session.executeScript("""
                -- a comment; with a semicolon
                create or replace table s (a varchar); /* ; */
                insert into s values (';'), ($$;$$);
                """);
        assertThat(ran).isEqualTo(2);
        assertThat(warehouse.rows("select count(*) from s")).containsExactly("2");
    }

    private static String count(String sql, Object... binds) {
        Result result = warehouse.run(sql, binds);
        var row = result.all().getFirst();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(result.columns().get(i).name())
                    .append('=')
                    .append(row.get(i));
        }
        return text.toString();
    }

    private static void refused(String sql, String code, String state, String message) {
        ThrowingCallable run = () -> warehouse.run(sql);
        assertThatThrownBy(run).as(sql).isInstanceOfSatisfying(SnowflakeException.class, e -> {
            assertThat(e.getMessage()).as(sql).contains(message);
            assertThat(e.code()).as(sql).isEqualTo(code);
            assertThat(e.sqlState()).as(sql).isEqualTo(state);
        });
    }
}
