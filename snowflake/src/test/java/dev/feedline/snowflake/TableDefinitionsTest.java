package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Tables and views: CREATE, ALTER, DROP, SHOW and DESC, as Snowflake answers them.
class TableDefinitionsTest extends SharedWarehouse {
    @Test
    void everyTypeShowsAsItWasDeclared() {
        warehouse.run("create database d");
        warehouse.run("""
                create table t (a int, b number(10,2), c varchar(5), d boolean, e float, f date, g time,
                  h timestamp_ntz(6), i timestamp_ltz, j timestamp_tz, k variant, l object, m array, n binary)""");
        assertThat(warehouse.column("desc table t", "type"))
                .containsExactly(
                        "NUMBER(38,0)",
                        "NUMBER(10,2)",
                        "VARCHAR(5)",
                        "BOOLEAN",
                        "FLOAT",
                        "DATE",
                        "TIME(9)",
                        "TIMESTAMP_NTZ(6)",
                        "TIMESTAMP_LTZ(9)",
                        "TIMESTAMP_TZ(9)",
                        "VARIANT",
                        "OBJECT",
                        "ARRAY",
                        "BINARY(8388608)");
    }

    @Test
    void existingIsKeptReplacedOrRefused() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int)");
        warehouse.run("insert into t values (1)");
        assertThat(warehouse.status("create table if not exists t (b int)"))
                .isEqualTo("T already exists, statement succeeded.");
        assertThat(warehouse.rows("select a from t")).containsExactly("1");
        refused("create table t (b int)", "002002", "42710", "'T' already exists");
        warehouse.run("create or replace table t (b int)");
        assertThat(warehouse.rows("select b from t")).isEmpty();
        assertThat(warehouse.status("create database if not exists d"))
                .isEqualTo("D already exists, statement succeeded.");
        assertThat(warehouse.status("create schema if not exists d.public"))
                .isEqualTo("PUBLIC already exists, statement succeeded.");
        refused("create or replace table if not exists t (b int)", "001003", "42000", "incompatible");
    }

    @Test
    void defaultsFillMissingColumns() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int, b varchar default 'it''s', c number(5,2) default -1.5, d int default 7)");
        warehouse.run("insert into t (a) values (1)");
        assertThat(warehouse.rows("select * from t")).containsExactly("1|it's|-1.50|7");
    }

    @Test
    void aColumnIsAdded() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int)");
        warehouse.run("insert into t values (1)");
        warehouse.run("alter table t add column b object");
        assertThat(warehouse.rows("select a, b from t")).containsExactly("1|null");
        assertThat(warehouse.column("desc table t", "type")).containsExactly("NUMBER(38,0)", "OBJECT");
        refused("alter table t add column B int", "002025", "42S21", "column 'B' already exists");
        warehouse.run("alter table t add column if not exists b int");
    }

    @Test
    void aTableIsMadeLikeAnotherWithoutItsRows() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int not null, b varchar(5) default 'x', c variant comment 'free',"
                + " d timestamp_ltz, primary key (a)) enable_schema_evolution = true");
        warehouse.run("insert into t (a) values (1)");
        assertThat(warehouse.status("create table l like t")).isEqualTo("Table L successfully created.");
        assertThat(warehouse.rows("select * from l")).isEmpty();
        assertThat(warehouse.rows("desc table l")).isEqualTo(warehouse.rows("desc table t"));
        assertThat(warehouse.column("show primary keys in table l", "column_name"))
                .containsExactly("A");
        refused("create table l like t", "002002", "42710", "'L' already exists");
        refused("create table m like nothing", "002003", "42S02", "does not exist");
        refused("create table m like t copy grants", "001003", "0A000", "In CREATE TABLE … LIKE, COPY");
        warehouse.run("create table counted (a int autoincrement)");
        refused("create table m like counted", "001003", "0A000", "LIKE or CLONE of a table with AUTOINCREMENT");
    }

    @Test
    void twoTablesSwapTheirNamesWithAllTheyHave() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int) comment = 'first'");
        warehouse.run("create table u (a int, b int)");
        warehouse.run("insert into t values (1)");
        warehouse.run("insert into u values (2, 3)");
        warehouse.run("create view v as select a from t");
        warehouse.run("alter table t swap with u");
        assertThat(warehouse.rows("select * from t")).containsExactly("2|3");
        assertThat(warehouse.rows("select * from u")).containsExactly("1");
        assertThat(warehouse.rows("select * from v")).containsExactly("2");
        assertThat(warehouse.column("show tables", "comment")).containsExactly("", "first");
        warehouse.reopen();
        assertThat(warehouse.rows("select * from d.public.t")).containsExactly("2|3");
        warehouse.run("create schema d.other");
        warehouse.run("create table d.other.w (a int)");
        refused("alter table d.public.t swap with d.other.w", "001003", "0A000", "of another schema");
        refused("alter table d.public.t swap with d.public.x", "002003", "42S02", "does not exist");
    }

    @Test
    void tablesAndViewsAreShownWhereTheyAre() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int) enable_schema_evolution = true comment = 'hello'");
        warehouse.run("insert into t values (1), (2)");
        warehouse.run("create view v as select a from t where a > 1");
        warehouse.run("create schema other");
        warehouse.run("create table o (a int)");
        assertThat(warehouse.rows("select * from d.public.v")).containsExactly("2");
        assertThat(warehouse.column("show tables", "name")).containsExactly("O");
        assertThat(warehouse.column("show tables in schema d.public", "rows")).containsExactly("2");
        assertThat(warehouse.column("show tables in database", "name")).containsExactly("O", "T");
        assertThat(warehouse.column("show tables like 't%' in account", "comment"))
                .containsExactly("hello");
        assertThat(warehouse.column("show tables in d.public", "enable_schema_evolution"))
                .containsExactly("Y");
        assertThat(warehouse.column("show views in schema public", "text"))
                .containsExactly("CREATE VIEW D.PUBLIC.V AS select a from t where a > 1");
        assertThat(warehouse.column("show schemas in database d", "name"))
                .containsExactly("INFORMATION_SCHEMA", "OTHER", "PUBLIC");
        assertThat(warehouse.column("show databases", "name")).containsExactly("D");
        assertThat(warehouse.column("show objects in schema public", "kind")).containsExactly("TABLE", "VIEW");
        assertThat(warehouse.column("show columns in table d.public.t", "data_type"))
                .containsExactly("{\"type\":\"FIXED\",\"precision\":38,\"scale\":0,\"nullable\":true}");
    }

    @Test
    void aViewReadsTheTablesOfItsOwnSchema() {
        warehouse.run("create database d");
        warehouse.run("create table t as select 1 a");
        warehouse.run("create view v as select a from t");
        warehouse.run("create schema other");
        warehouse.run("create table t as select 2 a");
        assertThat(warehouse.rows("select a from public.v")).containsExactly("1");
    }

    @Test
    void aSecureViewIsShownAsOne() {
        warehouse.run("create database d");
        warehouse.run("create secure view v comment = 'kept' as select 1 a");
        warehouse.run("create or replace view plain as select a from v");
        assertThat(warehouse.column("show views", "is_secure")).containsExactly("false", "true");
        assertThat(warehouse.column("show views like 'v'", "text"))
                .containsExactly("CREATE SECURE VIEW D.PUBLIC.V AS select 1 a");
        assertThat(warehouse.status("select get_ddl('view', 'v')")).startsWith("create or replace secure view V");
        warehouse.run("alter view v unset secure");
        warehouse.run("alter view plain set secure");
        warehouse.run("alter view if exists nowhere set secure");
        assertThat(warehouse.rows("select table_name, is_secure from information_schema.views order by 1"))
                .containsExactly("PLAIN|YES", "V|NO");
        assertThat(warehouse.column("show views like 'v'", "comment")).containsExactly("kept");
        assertThat(warehouse.rows("select a from plain")).containsExactly("1");
        refused("alter view nowhere set secure", "002003", "42S02", "does not exist");
    }

    @Test
    void viewsAreRenamedAndColumnsDroppedSeveralAtOnce() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int, b int, c int, d int)");
        warehouse.run("create view v comment = 'kept' as select a from t");
        warehouse.run("alter view v rename to w");
        assertThat(warehouse.column("show views", "name")).containsExactly("W");
        assertThat(warehouse.column("show views", "comment")).containsExactly("kept");
        refused("alter view nowhere rename to x", "002003", "42S02", "does not exist");
        refused("alter view w rename to t", "002002", "42710", "already exists");
        warehouse.run("alter view if exists nowhere rename to x");
        warehouse.run("alter table t drop column b, c");
        warehouse.run("alter table t drop column if exists c");
        warehouse.run("alter table t drop d");
        assertThat(warehouse.column("desc table t", "name")).containsExactly("A");
        refused("alter table t drop column nope", "000904", "42000", "invalid identifier 'NOPE'");
        refused("alter table t add c int primary key", "001003", "0A000", "ADD of a column with a constraint");
    }

    @Test
    void aColumnsTypeWidensAndItsRowsNotesAndHistoryStay() {
        warehouse.run("create database d");
        warehouse.run("create table t (a varchar(2) not null comment 'short', b number(5,2) default 1) comment = 'hi'");
        warehouse.run("insert into t (a) values ('xy')");
        warehouse.run("create view v as select * from t");
        warehouse.run("alter table t alter column a type varchar(4)");
        warehouse.run("alter table t modify b set data type number(12,2)");
        warehouse.run("alter table t add column c varchar(3) default 'abc', d date");
        assertThat(warehouse.rows("select * from t")).containsExactly("xy|1.00|abc|null");
        assertThat(warehouse.column("desc table t", "type"))
                .containsExactly("VARCHAR(4)", "NUMBER(12,2)", "VARCHAR(3)", "DATE");
        assertThat(warehouse.column("desc table t", "null?")).containsExactly("N", "Y", "Y", "Y");
        assertThat(warehouse.column("desc table t", "comment").getFirst()).isEqualTo("short");
        assertThat(warehouse.column("show tables", "comment")).containsExactly("hi");
        assertThat(warehouse.rows("select a from v")).containsExactly("xy");
        refused("insert into t (a) values ('12345')", "100078", "22000", "too long");
        refused("insert into t (a, c) values ('1', '1234')", "100078", "22000", "too long");
        refused("alter table t alter a type varchar(3)", "002108", "22000", "cannot change column A");
        refused("alter table t alter b type varchar", "002108", "22000", "from type NUMBER(12,2) to VARCHAR");
        refused("alter table t add column c int", "002025", "42S21", "already exists");
        warehouse.run("alter table t alter column b drop default");
        assertThat(warehouse.column("desc table t", "default")).containsExactly("null", "null", "'abc'", "null");
    }

    @Test
    void aCloneHasTheRowsAndIsATableOfItsOwn() {
        warehouse.run("create database d");
        warehouse.run("create table t (a varchar(3) not null, b int default 7) cluster by (a) comment = 'hi'");
        warehouse.run("insert into t (a) values ('x')");
        warehouse.run("create table c clone t");
        warehouse.run("insert into t (a) values ('y')");
        assertThat(warehouse.rows("select a, b from c")).containsExactly("x|7");
        assertThat(warehouse.column("show tables like 'c'", "cluster_by")).containsExactly("LINEAR(a)");
        assertThat(warehouse.column("show tables like 'c'", "comment")).containsExactly("hi");
        refused("insert into c (a) values ('four')", "100078", "22000", "too long");
        refused("create table c clone t", "002002", "42710", "already exists");
        warehouse.run("alter table c drop clustering key");
        assertThat(warehouse.column("show tables like 'c'", "cluster_by")).containsExactly("");
    }

    private void refused(String sql, String code, String state, String message) {
        ThrowingCallable run = () -> warehouse.run(sql);
        assertThatThrownBy(run).as(sql).isInstanceOfSatisfying(SnowflakeException.class, e -> {
            assertThat(e.getMessage()).as(sql).contains(message);
            assertThat(e.code()).as(sql).isEqualTo(code);
            assertThat(e.sqlState()).as(sql).isEqualTo(state);
        });
    }
}
