package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables and views of one session.
///
/// Source: docs.snowflake.com/en/user-guide/tables-temp-transient, /sql-reference/sql/create-table.
class TemporaryTablesTest extends SharedWarehouse {
    private Session another;

    @BeforeEach
    void database() {
        warehouse.run("create database d");
        another = warehouse.snowflake.openSession(new SessionOptions(
                "FEEDLINE", "ACCOUNTADMIN", "COMPUTE_WH", java.util.Optional.of("D"), java.util.Optional.of("PUBLIC")));
    }

    private List<String> elsewhere(String sql) {
        return another.execute(sql).all().stream().map(TestWarehouse::text).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temporary",
                "temp",
                "local temporary",
                "local temp",
                "global temporary",
                "global temp",
                "volatile"
            })
    void belongsToItsSessionAlone(String kind) {
        assertThat(warehouse.status("create " + kind + " table t (a int, b varchar(3) default 'x')"))
                .isEqualTo("Table T successfully created.");
        warehouse.run("insert into t (a) values (1), (2)");
        warehouse.run("insert into d.public.t values (3, 'y')");
        assertThat(warehouse.rows("select a, b from t order by a")).containsExactly("1|x", "2|x", "3|y");
        assertThat(warehouse.rows("select public.t.a from public.t where public.t.a > 2"))
                .containsExactly("3");
        assertThat(warehouse.rows("select public.t.* from public.t where a = 3"))
                .containsExactly("3|y");
        assertThat(warehouse.rows("select d.public.t.* from t where a = 3")).containsExactly("3|y");
        warehouse.refuses("insert into t values (4, 'long')", "22000", "too long");
        assertThat(warehouse.column("show tables", "kind")).containsExactly("TEMPORARY");
        for (String sql :
                List.of("show tables", "show objects", "show columns", "select * from information_schema.columns")) {
            assertThat(elsewhere(sql)).as(sql).isEmpty();
        }
        for (String sql : List.of("select * from t", "insert into t values (1, 'x')", "drop table t", "desc table t")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> another.execute(sql))
                    .as(sql)
                    .hasMessageContaining("does not exist or not authorized");
        }
    }

    @Test
    void hidesAPermanentTableOfItsNameAndIsDroppedFirst() {
        warehouse.run("create table t as select 'permanent' v");
        warehouse.run("create temporary table t as select 'temporary' v");
        assertThat(warehouse.rows("select v from t")).containsExactly("temporary");
        assertThat(warehouse.rows("select t.v from d.public.t")).containsExactly("temporary");
        assertThat(elsewhere("select v from t")).containsExactly("permanent");
        assertThat(warehouse.column("show tables", "kind")).containsExactlyInAnyOrder("TABLE", "TEMPORARY");
        assertThat(warehouse.rows(
                        "select table_type, is_temporary, row_count from information_schema.tables order by 1"))
                .containsExactly("BASE TABLE|NO|1", "TEMPORARY TABLE|YES|1");
        warehouse.run("update t set v = 'changed'");
        assertThat(elsewhere("select v from t")).containsExactly("permanent");
        warehouse.run("truncate table t");
        assertThat(warehouse.rows("select v from t")).isEmpty();
        assertThat(warehouse.status("drop table t")).isEqualTo("T successfully dropped.");
        assertThat(warehouse.rows("select v from t")).containsExactly("permanent");
        warehouse.run("drop table t");
        warehouse.refuses("select v from t", "42S02", "does not exist");
    }

    @Test
    void aPermanentTableMayBeCreatedBehindIt() {
        warehouse.run("create temp table t (a int)");
        warehouse.refuses("create temp table t (a int)", "42710", "already exists");
        warehouse.run("create temp table if not exists t (other int)");
        warehouse.run("create table t as select 7 a");
        assertThat(warehouse.rows("select a from t")).isEmpty();
        assertThat(elsewhere("select a from t")).containsExactly("7");
        warehouse.run("create or replace temp table t as select 8 a");
        assertThat(warehouse.rows("select a from t")).containsExactly("8");
        warehouse.run("create or replace table t as select 9 a");
        assertThat(warehouse.rows("select a from t")).containsExactly("8");
        assertThat(elsewhere("select a from t")).containsExactly("9");
    }

    @Test
    void everyKindOfStatementMeansIt() {
        warehouse.run("create table t (a int, b varchar)");
        warehouse.run("create table kept (a int, b varchar)");
        warehouse.run("create temp table t (a int, b varchar)");
        warehouse.run("insert into t (a, b) values (1, 'one'), (2, 'two'), (3, 'three')");
        warehouse.run("insert into kept select * from t where t.a > 1");
        warehouse.run("update t set b = 'ONE' where t.a = 1");
        warehouse.run("update t x set b = 'TWO' from kept k where x.a = k.a and k.a = 2");
        warehouse.run("delete from t where t.a = 3");
        assertThat(warehouse.rows("select * from t order by a")).containsExactly("1|ONE", "2|TWO");
        assertThat(warehouse.rows("merge into kept using t on kept.a = t.a when matched then update set b = t.b"
                        + " when not matched then insert (a, b) values (t.a, t.b)"))
                .containsExactly("1|1");
        assertThat(warehouse.rows("select * from kept order by a")).containsExactly("1|ONE", "2|TWO", "3|three");
        assertThat(warehouse.rows(
                        "merge into t using kept s on t.a = s.a when not matched then insert values (s.a, s.b)"))
                .containsExactly("1");
        warehouse.run("delete from kept using t where kept.a = t.a and t.a = 1");
        assertThat(warehouse.rows("select (select count(*) from t), (select count(*) from kept)"))
                .containsExactly("3|2");
        assertThat(warehouse.rows("select x.a from (t x join kept on x.a = kept.a) order by 1"))
                .containsExactly("2", "3");
        assertThat(warehouse.rows("select t.* from (t join kept k on t.a = k.a), kept where kept.a = 2 order by 1"))
                .containsExactly("2|TWO", "3|three");
        assertThat(warehouse.rows("select a from identifier('t') order by a limit 1"))
                .containsExactly("1");
        assertThat(warehouse.rows("select a from table('d.public.t') order by a limit 1"))
                .containsExactly("1");
        assertThat(warehouse.rows("select count(*) from t sample (100)")).containsExactly("3");
        assertThat(warehouse.rows("with t as (select a from t where a > 1) select count(*) from t"))
                .containsExactly("2");
        assertThat(warehouse.rows("with recursive t (n) as (select 1 union all select n + 1 from t where n < 5)"
                        + " select max(n) from t"))
                .containsExactly("5");
        assertThat(warehouse.rows(
                        "with w as (with t as (select 0 a) select * from t) select w.a, t.a from w, t order by 2"))
                .containsExactly("0|1", "0|2", "0|3");
        warehouse.run("insert into t (a) with t as (select max(a) + 6 n from t) select n from t");
        assertThat(warehouse.rows("delete from t where a = 9")).containsExactly("1");
        warehouse.run("insert overwrite into t select a, 'again' from t where a = 2");
        assertThat(warehouse.rows("select * from t")).containsExactly("2|again");
        assertThat(warehouse.rows("insert into identifier('t') (a) values (?)", 5))
                .containsExactly("1");
        assertThat(elsewhere("select count(*) from t")).containsExactly("0");
    }

    @Test
    void isDescribedLikeAnyOther() {
        warehouse.run(
                "create temp table t (id int autoincrement, a varchar(3) not null comment 'the a', primary key (a))"
                        + " comment = 'mine'");
        warehouse.run("insert into t (a) values ('x'), ('y')");
        assertThat(warehouse.rows("select id from t order by 1")).containsExactly("1", "2");
        assertThat(warehouse.column("desc table t", "type")).containsExactly("NUMBER(38,0)", "VARCHAR(3)");
        assertThat(warehouse.column("show columns in table t", "column_name")).containsExactly("ID", "A");
        assertThat(warehouse.column("show primary keys in table t", "column_name"))
                .containsExactly("A");
        assertThat(warehouse.column("show tables like 't'", "rows")).containsExactly("2");
        assertThat(warehouse.status("select get_ddl('table', 't')"))
                .isEqualTo(
                        "create or replace TEMPORARY TABLE T (\n\tID NUMBER(38,0) autoincrement start 1"
                                + " increment 1 noorder,\n\tA VARCHAR(3) NOT NULL COMMENT 'the a',\n\tprimary key (A)\n)COMMENT='mine';");
        assertThat(warehouse.rows("select column_name, data_type from information_schema.columns where table_name = 'T'"
                        + " order by ordinal_position"))
                .containsExactly("ID|NUMBER", "A|TEXT");
        assertThat(warehouse.rows("select constraint_type from information_schema.table_constraints"))
                .containsExactly("PRIMARY KEY");
    }

    @Test
    void isAlteredClonedAndTakenAsAModel() {
        warehouse.run("create temp table t (a int)");
        warehouse.run("insert into t values (1)");
        warehouse.run("alter table t add column b varchar(2), c int");
        warehouse.run("alter table t rename column c to e");
        warehouse.run("alter table t drop column e");
        warehouse.run("alter table t alter column b type varchar(5)");
        warehouse.run("comment on column t.b is 'five'");
        warehouse.run("comment on table t is 'mine'");
        warehouse.run("alter table t rename to u");
        assertThat(warehouse.rows("select a, b from u")).containsExactly("1|null");
        assertThat(warehouse.column("show tables", "name")).containsExactly("U");
        assertThat(warehouse.column("show tables", "comment")).containsExactly("mine");
        warehouse.run("create temp table twin clone u");
        warehouse.run("create temp table empty like u");
        warehouse.run("create transient table lasting clone u");
        warehouse.run("create table model like u");
        warehouse.run("create table lasts as select * from u");
        assertThat(warehouse.rows("select (select count(*) from twin), (select count(*) from empty)"))
                .containsExactly("1|0");
        for (String own : List.of("u", "twin", "empty")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> another.execute("select * from " + own))
                    .as(own)
                    .hasMessageContaining("does not exist or not authorized");
        }
        assertThat(another.execute("show tables").all().stream()
                        .map(row -> row.get(1))
                        .toList())
                .containsExactly("LASTING", "LASTS", "MODEL");
        warehouse.refuses("create table p clone u", "0A000", "Temp table cannot be cloned to a permanent table");
        warehouse.refuses("create table p clone lasting", "0A000", "Transient object cannot be cloned");
        warehouse.run("insert into empty values (9, 'n')");
        warehouse.run("alter table twin swap with empty");
        assertThat(warehouse.rows("select a from twin")).containsExactly("9");
        warehouse.refuses("alter table twin swap with model", "0A000", "SWAP WITH of a temporary table");
        warehouse.refuses("create or alter table u (a int)", "0A000", "changes a temporary table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void filesAreLoadedIntoItOnce(String format) {
        warehouse.run("create stage s url = 's3://lake/' file_format = (type = " + format + ")");
        warehouse.put("1", format.equals("csv") ? "1\n2\n" : "{\"A\":1}{\"A\":2}");
        warehouse.run("create table t (a int)");
        warehouse.run("create temp table t (a int)");
        String copy = "copy into t from @s" + (format.equals("csv") ? "" : " match_by_column_name = case_insensitive");
        assertThat(warehouse.column(copy, "status")).containsExactly("LOADED");
        assertThat(warehouse.status(copy)).isEqualTo("Copy executed with 0 files processed.");
        assertThat(warehouse.rows("select a from t order by a")).containsExactly("1", "2");
        assertThat(warehouse.rows("select file_name, row_count from table(information_schema.copy_history("
                        + "table_name => 't', start_time => dateadd(hour, -1, current_timestamp())))"))
                .containsExactly("1|2");
        assertThat(warehouse.rows("select file_name, row_count from information_schema.load_history"))
                .containsExactly("s3://lake/1|2");
        assertThat(elsewhere("select * from information_schema.load_history")).isEmpty();
        assertThat(elsewhere("select count(*) from t")).containsExactly("0");
        another.execute(copy).close();
        assertThat(elsewhere("select count(*) from t"))
                .as("the permanent table has a memory of its own")
                .containsExactly("2");
        warehouse.run("begin");
        warehouse.run("truncate table t");
        assertThat(warehouse.column(copy, "status")).containsExactly("LOADED");
    }

    @Test
    void parquetAndTransformationsAreLoadedIntoIt() {
        warehouse.run("create stage s url = 's3://lake/' file_format = (type = csv)");
        warehouse.put("1", "1,x\n2,y\n");
        warehouse.run("create temp table t (a int, b varchar)");
        assertThat(warehouse.column("copy into t from (select $1::int * 10, upper($2) from @s)", "rows_loaded"))
                .containsExactly("2");
        assertThat(warehouse.rows("select * from t order by 1")).containsExactly("10|X", "20|Y");
        warehouse.run("truncate table t");
        warehouse.run("create stage p url = 's3://parquet/' file_format = (type = parquet)");
        for (int file = 0; file < 2; file++) {
            warehouse.s3.put(
                    "parquet",
                    "f" + file,
                    ParquetFiles.of("SELECT i + " + file * 10 + " AS a, 'p' AS b FROM range(3) r(i)"));
        }
        String copy = "copy into t from @p match_by_column_name = case_insensitive";
        assertThat(warehouse.column(copy, "rows_loaded")).containsExactly("3", "3");
        assertThat(warehouse.rows("select a from t where b = 'p' order by a"))
                .containsExactly("0", "1", "2", "10", "11", "12");
        assertThat(warehouse.status(copy)).isEqualTo("Copy executed with 0 files processed.");
        assertThat(warehouse.rows("select file_name, row_count from information_schema.load_history"
                        + " where file_name like 's3://parquet/%' order by 1"))
                .containsExactly("s3://parquet/f0|3", "s3://parquet/f1|3");
    }

    @Test
    void itsRowsAndThoseOfOthersAreOneTransaction() {
        warehouse.run("create table kept (a int)");
        warehouse.run("create temp table t (a int)");
        warehouse.run("begin");
        warehouse.run("insert into t values (1)");
        warehouse.run("insert into kept values (1)");
        warehouse.run("rollback");
        assertThat(warehouse.rows("select (select count(*) from t), (select count(*) from kept)"))
                .containsExactly("0|0");
        warehouse.run("begin");
        warehouse.run("insert into t values (1)");
        warehouse.run("insert into kept select * from t");
        warehouse.run("commit");
        assertThat(warehouse.rows("select (select count(*) from t), (select count(*) from kept)"))
                .containsExactly("1|1");
    }

    @Test
    void goesWithItsSessionItsSchemaAndAfterACrash() {
        warehouse.run("create temp table t (a int)");
        warehouse.run("create schema other");
        warehouse.run("create temp table gone (a int)");
        warehouse.run("drop schema other");
        warehouse.run("create schema other");
        warehouse.refuses("select * from gone", "42S02", "does not exist");
        warehouse.session.close();
        warehouse.session = another;
        assertThat(warehouse.rows("show tables in account")).isEmpty();
        warehouse.run("use schema d.public");
        warehouse.run("create temp table again (a int)");
        warehouse.reopen();
        assertThat(warehouse.rows("show tables in account")).isEmpty();
    }

    @Test
    void viewsOfTheSession() {
        warehouse.run("create table t as select 1 a");
        warehouse.run("create temp table mine as select 2 a");
        warehouse.run("create or replace temporary view v as select a from t union all select a from mine");
        assertThat(warehouse.rows("select a from v order by a")).containsExactly("1", "2");
        assertThat(warehouse.column("show views", "name")).containsExactly("V");
        assertThat(elsewhere("show views")).isEmpty();
        assertThat(warehouse.status("select get_ddl('view', 'v')")).startsWith("create or replace temporary view V");
        warehouse.refuses("create view p as select a from mine", "0A000", "A permanent view of the temporary table");
        warehouse.run("drop view v");
        warehouse.run("create view v as select a from t");
        warehouse.refuses("create temp table v (a int)", "42710", "already exists");
    }

    @Test
    void aViewAloneIsReplacedAndDropped() {
        warehouse.run("create temporary view v as select 1 a");
        warehouse.run("create or replace temporary view v as select 2 a");
        assertThat(warehouse.rows("select a from v")).containsExactly("2");
        assertThat(warehouse.rows("select * from information_schema.load_history"))
                .isEmpty();
        assertThat(warehouse.status("drop view v")).isEqualTo("V successfully dropped.");
        warehouse.run("create schema other");
        warehouse.run("create temporary view v as select 3 a");
        assertThat(warehouse.status("drop schema other")).isEqualTo("OTHER successfully dropped.");
        warehouse.run("use schema d.public");
        warehouse.run("create temporary view v as select 3 a");
        assertThat(warehouse.status("drop database d")).isEqualTo("D successfully dropped.");
        assertThat(warehouse.rows("show objects in account")).isEmpty();
    }

    @Test
    void noPermanentViewTellsOfItsLoads() {
        warehouse.run("create temp table t (a int)");
        String select = "view h as select * from table(d.information_schema.copy_history("
                + "table_name => 'd.public.t', start_time => dateadd(hour, -1, current_timestamp())))";
        warehouse.refuses("create " + select, "0A000", "A permanent view of the temporary table");
        warehouse.run("create temporary " + select);
        assertThat(warehouse.rows("select * from h")).isEmpty();
        warehouse.run("create table lasting (a int)");
        warehouse.run("create " + select.replace("view h", "view all_of").replace("public.t", "public.lasting"));
        assertThat(elsewhere("select * from all_of")).isEmpty();
    }

    @Test
    void aSessionBesideRunsOnlyWhatLeavesNothingInIts() {
        for (String alone : List.of(
                "select 1",
                "insert into x values (1)",
                "create table x as select 1 a",
                "create view x as select 1 a",
                "show tables")) {
            assertThat(warehouse.session.maySplitOff(alone)).as(alone).isTrue();
        }
        for (String own : List.of(
                "create temporary table x (a int)",
                "create volatile table x as select 1 a",
                "create temp table x like y",
                "create temporary view x as select 1 a",
                "use schema public",
                "create schema x",
                "set a = 1",
                "begin",
                "alter session set timezone = 'UTC'")) {
            assertThat(warehouse.session.maySplitOff(own)).as(own).isFalse();
        }
        warehouse.run("create temp table t (a int)");
        assertThat(warehouse.session.maySplitOff("select 1")).isFalse();
        warehouse.run("drop table t");
        warehouse.run("begin");
        assertThat(warehouse.session.maySplitOff("select 1")).isFalse();
        warehouse.run("rollback");
        assertThat(warehouse.session.maySplitOff("select 1")).isTrue();
    }

    @Test
    void whatAFailedDefinitionHasDroppedIsThereNoMore() throws IOException {
        warehouse.run("create temp table t (a int)");
        Path file;
        try (Stream<Path> files = Files.walk(warehouse.folder)) {
            file = files.filter(one -> one.getFileName().toString().matches("db-.*(?<!\\.wal)"))
                    .findFirst()
                    .orElseThrow();
        }
        // What stands in the place of the database's file cannot be deleted.
        Files.delete(file);
        Path inside = Files.createDirectories(file).resolve("x");
        Files.createFile(inside);
        warehouse.refuses("drop database d", "57P03", "The warehouse's folder does not answer");
        assertThat(warehouse.session.maySplitOff("select 1")).isTrue();
        Files.delete(inside);
        Files.delete(file);
    }

    @Test
    void whatElseCouldBeTemporaryIsRefusedByName() {
        warehouse.refuses("create temporary stage s", "0A000", "CREATE TEMPORARY STAGE");
        warehouse.refuses("create temp file format f type = csv", "0A000", "CREATE TEMP FILE");
        warehouse.run("create temp table t (a int)");
        warehouse.refuses("create pipe p as copy into t from @s", "42S02", "does not exist");
    }
}
