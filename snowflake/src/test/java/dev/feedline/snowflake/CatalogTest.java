package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys, AUTOINCREMENT, sequences, GET_DDL, INFORMATION_SCHEMA and the account, kept over a reopen.
class CatalogTest extends SharedWarehouse {
    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
    }

    @Test
    void autoincrementGoesOnAfterAReopenAndAReplacementBeginsAnew() {
        warehouse.run("create table t (id int identity start 10 increment 5, a varchar)");
        warehouse.run("insert into t (a) values ('x'), ('y')");
        warehouse.reopen();
        warehouse.run("use database d");
        warehouse.run("insert into t (a) values ('z')");
        assertThat(warehouse.rows("select id, a from t order by id")).containsExactly("10|x", "15|y", "20|z");
        assertThat(warehouse.column("show columns in table t", "autoincrement"))
                .containsExactly("IDENTITY START 10 INCREMENT 5 NOORDER", "");
        warehouse.run("create or replace table t (id int autoincrement, a varchar)");
        warehouse.run("insert into t (a) values ('x')");
        assertThat(warehouse.rows("select id from t")).containsExactly("1");
        warehouse.run("create or replace table t (id int autoincrement start 1 increment -2 order, a varchar)");
        warehouse.run("insert into t (a) values ('x'), ('y'), ('z')");
        assertThat(warehouse.rows("select id from t order by a")).containsExactly("1", "-1", "-3");
        assertThat(warehouse.column("desc table t", "default"))
                .containsExactly("IDENTITY START 1 INCREMENT -2 ORDER", "null");
        warehouse.run("drop table t");
        warehouse.run("create table t (id int autoincrement)");
    }

    @Test
    void sequencesGiveTheirNumbersOnce() {
        assertThat(warehouse.status("create sequence s start 3 increment 2"))
                .isEqualTo("Sequence S successfully created.");
        assertThat(warehouse.rows("select s.nextval")).containsExactly("3");
        warehouse.run("create table t (id int default d.public.s.nextval, a int)");
        warehouse.run("insert into t (a) values (1), (2)");
        assertThat(warehouse.rows("select id from t order by id")).containsExactly("5", "7");
        assertThat(warehouse.column("show sequences", "next_value")).containsExactly("9");
        warehouse.reopen();
        warehouse.run("use database d");
        assertThat(warehouse.rows("select s.nextval")).containsExactly("9");
        assertThatThrownBy(() -> warehouse.run("create sequence s")).hasMessageContaining("already exists");
        warehouse.run("create sequence down start -1 increment -1");
        assertThat(warehouse.rows("select down.nextval, down.nextval")).containsExactly("-1|-2");
        warehouse.run("drop sequence down");
        assertThat(warehouse.column("show sequences", "name")).containsExactly("S");
    }

    @Test
    void keysAreStoredShownAndNotEnforced() {
        warehouse.run("create table p (a int primary key, b int unique)");
        warehouse.run("create table c (a int references p, constraint k primary key (a))");
        warehouse.run("insert into p values (1, 1), (1, 1)");
        assertThatThrownBy(() -> warehouse.run("insert into p values (null, 1)"))
                .hasMessageContaining("NULL");
        warehouse.reopen();
        warehouse.run("use database d");
        assertThat(warehouse.column("show primary keys in table c", "constraint_name"))
                .containsExactly("K");
        assertThat(warehouse.column("show unique keys in table p", "column_name"))
                .containsExactly("B");
        assertThat(warehouse.column("show imported keys in table c", "pk_column_name"))
                .containsExactly("A");
        assertThat(warehouse.column("show exported keys in table p", "fk_table_name"))
                .containsExactly("C");
        assertThat(warehouse.column("desc table p", "primary key")).containsExactly("Y", "N");
        assertThat(warehouse.rows("select table_name, constraint_type from information_schema.table_constraints"
                        + " order by 1, 2"))
                .containsExactly("C|FOREIGN KEY", "C|PRIMARY KEY", "P|PRIMARY KEY", "P|UNIQUE");
    }

    @Test
    void getDdlMakesTheSameTableAgain() {
        warehouse.run("create transient table t (a int not null default 7, \"b c\" varchar(10) comment 'it''s',"
                + " primary key (a)) cluster by (a) comment = 'mine'");
        String ddl = warehouse.rows("select get_ddl('table', 't')").getFirst();
        assertThat(ddl).isEqualTo("""
                create or replace TRANSIENT TABLE T cluster by (a)(
                	A NUMBER(38,0) NOT NULL DEFAULT 7,
                	"b c" VARCHAR(10) COMMENT 'it''s',
                	primary key (A)
                )COMMENT='mine';""");
        assertThat(warehouse.column("show tables", "kind")).containsExactly("TRANSIENT");
        assertThat(warehouse.column("show tables", "cluster_by")).containsExactly("LINEAR(a)");
        warehouse.run("create view v as select a from t");
        assertThat(warehouse.rows("select get_ddl('VIEW', 'd.public.v')").getFirst())
                .isEqualTo("create or replace view V(\n\tA\n) as select a from t;");
    }

    /// docs.snowflake.com/en/sql-reference/sql/alter-table: constraintAction
    @Test
    void keysAreAddedDroppedAndKeepTheirColumnsNames() {
        warehouse.run("create table p (a int, b varchar(10), c int) comment = 'the parent'");
        warehouse.run("create table t (a int, b int, c int)");
        warehouse.run("insert into p values (1, 'x', 2)");
        warehouse.run("alter table p add constraint pk primary key (a, b)");
        warehouse.run("alter table p add unique (c)");
        warehouse.run("alter table t add foreign key (b) references p (c)");
        assertThat(warehouse.column("desc table p", "null?")).containsExactly("N", "N", "Y");
        assertThat(warehouse.column("desc table p", "primary key")).containsExactly("Y", "Y", "N");
        warehouse.run("alter table p rename column b to bb");
        warehouse.reopen();
        warehouse.run("use d.public");
        assertThat(warehouse.column("show primary keys in table p", "column_name"))
                .containsExactly("A", "BB");
        assertThat(warehouse.column("show primary keys in table p", "constraint_name"))
                .containsExactly("PK", "PK");
        assertThat(warehouse.column("show imported keys in table t", "fk_column_name"))
                .containsExactly("B");
        assertThat(warehouse.column("show tables like 'p'", "comment")).containsExactly("the parent");
        warehouse.refuses("insert into p values (null, 'y', 3)", "22000", "NULL result in a non-nullable column");
        warehouse.refuses("alter table p add primary key (c)", "22023", "primary key already exists");
        warehouse.refuses("alter table p drop constraint nope", "02000", "'NOPE' does not exist");
        assertThat(warehouse.rows("select constraint_name from information_schema.table_constraints where"
                        + " table_name = 'P' order by constraint_type"))
                .containsExactly(
                        "PK",
                        warehouse
                                .column("show unique keys in table p", "constraint_name")
                                .getFirst());
        warehouse.run("alter table p drop unique (c)");
        warehouse.run("alter table t drop foreign key (b)");
        warehouse.run("alter table p drop constraint pk");
        assertThat(warehouse.rows("select * from information_schema.table_constraints"))
                .isEmpty();
        warehouse.run("alter table p add primary key (a)");
        warehouse.run("alter table p drop column a");
        assertThat(warehouse.rows("show primary keys in table p")).isEmpty();
        warehouse.run("insert into t values (null, 1, 1)");
        assertThat(warehouse.rows("show primary keys in table t")).isEmpty();
        warehouse.refuses("alter table t add primary key (a)", "22000", "NULL");
        assertThat(warehouse.rows("show primary keys in table t")).isEmpty();
        warehouse.run("alter table t add primary key (b)");
        warehouse.run("alter table t drop primary key");
        assertThat(warehouse.rows("show primary keys in table t")).isEmpty();
    }

    /// docs.snowflake.com/en/sql-reference/functions/get_ddl: what it says can be run.
    @Test
    void getDdlTellsDefaultsAsTheyWereDeclared() {
        warehouse.run("create sequence s");
        warehouse.run("create table t (a int default s.nextval, b timestamp_ntz default current_timestamp(),"
                + " c varchar default uuid_string(), d varchar default 'a''B', e int default -1)"
                + " enable_schema_evolution = true comment = 'mine'");
        String ddl = warehouse.status("select get_ddl('table', 't')");
        assertThat(ddl).isEqualTo("""
                create or replace TABLE T (
                	A NUMBER(38,0) DEFAULT D.PUBLIC.S.NEXTVAL,
                	B TIMESTAMP_NTZ(9) DEFAULT CURRENT_TIMESTAMP(),
                	C VARCHAR(16777216) DEFAULT UUID_STRING(),
                	D VARCHAR(16777216) DEFAULT 'a''B',
                	E NUMBER(38,0) DEFAULT -1
                )ENABLE_SCHEMA_EVOLUTION = true COMMENT='mine';""");
        warehouse.run(ddl);
        assertThat(warehouse.status("select get_ddl('table', 't')")).isEqualTo(ddl);
        assertThat(warehouse.column("desc table t", "default"))
                .isEqualTo(warehouse.column("show columns in table t", "default"))
                .containsExactly("D.PUBLIC.S.NEXTVAL", "CURRENT_TIMESTAMP()", "UUID_STRING()", "'a''B'", "-1");
        warehouse.run("comment on column t.b is 'when'");
        warehouse.run("alter table t rename column b to bb");
        warehouse.run("alter table t add column f varchar(3) default upper('x')");
        warehouse.run("create table copied like t");
        warehouse.run(
                "create or alter table t (a int default s.nextval, bb timestamp_ntz default current_timestamp(),"
                        + " c varchar default uuid_string(), d varchar default 'a''B', e int, f varchar(3) default upper('x'))");
        warehouse.reopen();
        warehouse.run("use d.public");
        assertThat(warehouse.column("desc table copied", "default"))
                .containsExactly(
                        "D.PUBLIC.S.NEXTVAL", "CURRENT_TIMESTAMP()", "UUID_STRING()", "'a''B'", "-1", "UPPER('x')");
        assertThat(warehouse.column("desc table t", "default"))
                .containsExactly(
                        "D.PUBLIC.S.NEXTVAL", "CURRENT_TIMESTAMP()", "UUID_STRING()", "'a''B'", "null", "UPPER('x')");
        warehouse.run("insert into t (e) values (1)");
        assertThat(warehouse.rows("select a, bb is null, length(c), d, f from t"))
                .containsExactly("1|false|36|a'B|X");
    }

    @Test
    void aSequencesColumnIsCalledAsInSnowflake() {
        warehouse.run("create sequence s");
        assertThat(warehouse.names("select s.nextval, d.public.s.nextval, s.nextval as n, s.nextval + 1"))
                .containsExactly("NEXTVAL", "NEXTVAL", "N", "S.NEXTVAL + 1");
    }

    @Test
    void aViewsColumnsHaveComments() {
        warehouse.run("create table t (a int, b int)");
        warehouse.run("create view v (x comment 'it''s x', y) comment = 'the view' as select a, b from t");
        assertThat(warehouse.rows("select x, y from v")).isEmpty();
        assertThat(warehouse.column("desc view v", "comment")).containsExactly("it's x", "null");
        assertThat(warehouse.status("select get_ddl('view', 'v')"))
                .isEqualTo("create or replace view V(\n\tX COMMENT 'it''s x',\n\tY\n) COMMENT='the view'"
                        + " as select a, b from t;");
        warehouse.refuses("create or replace view v copy grants as select 1 a", "0A000", "COPY GRANTS");
    }

    /// docs.snowflake.com/en/sql-reference/sql/show-tables and its like
    @Test
    void showsAreFiltered() {
        warehouse.run("create table t1 (a int)");
        warehouse.run("create table t2 (a int)");
        warehouse.run("create schema other");
        warehouse.run("create table t3 (a int)");
        warehouse.run("use schema public");
        assertThat(warehouse.column("show tables in schema", "name")).containsExactly("T1", "T2");
        assertThat(warehouse.column("show tables in schema starts with 'T' limit 1 from 'T1'", "name"))
                .containsExactly("T2");
        assertThat(warehouse.column("show columns like 'A' in schema", "table_name"))
                .containsExactly("T1", "T2");
        assertThat(warehouse.column("show tables in database limit 2", "name")).containsExactly("T3", "T1");
        warehouse.run("create warehouse w1");
        warehouse.run("create warehouse w2");
        assertThat(warehouse.column("show warehouses like 'W%' starts with 'W' limit 1", "name"))
                .containsExactly("W1");
        assertThat(warehouse.column("show warehouses starts with 'w'", "name")).isEmpty();
        assertThat(warehouse.column("show users limit 1", "name")).containsExactly("FEEDLINE");
        assertThat(warehouse.column("show users starts with 'X'", "name")).isEmpty();
        assertThat(warehouse.column("show roles limit 1 from 'A'", "name")).containsExactly("ACCOUNTADMIN");
        warehouse.run("drop warehouse w1");
        warehouse.run("drop warehouse w2");
        assertThat(warehouse.rows("desc table t1 type = columns")).isEqualTo(warehouse.rows("desc table t1"));
        warehouse.refuses("desc table t1 type = stage", "0A000", "TYPE = STAGE");
        warehouse.refuses("show tables history", "0A000", "HISTORY");
        warehouse.refuses("show parameters in account", "0A000", "SHOW PARAMETERS IN ACCOUNT");
        warehouse.refuses("drop table t1 restrict", "0A000", "DROP … RESTRICT");
        warehouse.run("drop table t1 cascade");
        warehouse.refuses("drop stage s cascade", "42000", "unexpected 'cascade'");
    }

    @Test
    void theInformationSchemaKnowsTablesAndColumns() {
        warehouse.run(
                "create table t (a int not null, b varchar(10), c variant, d timestamp_tz, e number(10,2) default 1)");
        warehouse.run("insert into t (a) values (1), (2)");
        warehouse.run("create view v as select a from t");
        assertThat(warehouse.rows("select table_name, table_type, row_count from information_schema.tables order by 1"))
                .containsExactly("T|BASE TABLE|2", "V|VIEW|null");
        assertThat(warehouse.rows("select column_name, data_type, is_nullable, character_maximum_length,"
                        + " numeric_precision, numeric_scale, column_default from d.information_schema.columns"
                        + " where table_name = 'T' order by ordinal_position"))
                .containsExactly(
                        "A|NUMBER|NO|null|38|0|null",
                        "B|TEXT|YES|10|null|null|null",
                        "C|VARIANT|YES|null|null|null|null",
                        "D|TIMESTAMP_TZ|YES|null|null|null|null",
                        "E|NUMBER|YES|null|10|2|1");
        assertThat(warehouse.rows("select table_name, view_definition from information_schema.views"))
                .containsExactly("V|select a from t");
        assertThat(warehouse.rows("select count(*) from information_schema.schemata where schema_name = 'PUBLIC'"))
                .containsExactly("1");
    }

    @Test
    void theInformationSchemaCountsRowsAndKnowsWhenATableWasDefined() {
        warehouse.run("create table t (a int)");
        warehouse.run("insert into t values (1), (2), (3)");
        warehouse.run("delete from t where a < 3");
        warehouse.run("create view v as select a from t");
        assertThat(warehouse.rows("select table_name, row_count from information_schema.tables order by 1"))
                .containsExactly("T|1", "V|null");
        assertThat(warehouse.rows("select * from information_schema.tables where row_count = 1"))
                .hasSize(1);
        warehouse.run("begin");
        warehouse.run("insert into t values (4)");
        assertThat(warehouse.rows("select sum(row_count) from information_schema.tables"))
                .as("in its own transaction")
                .containsExactly("2");
        warehouse.run("rollback");
        assertThat(warehouse.rows("select count(*) from information_schema.tables where created = last_ddl"))
                .containsExactly("2");
        assertThat(warehouse.rows("select table_name, bytes, last_altered is null from information_schema.tables"
                        + " order by 1"))
                .containsExactly("T|null|true", "V|null|false");
        for (String change : List.of(
                "alter table t add column b int",
                "alter table t rename column b to c",
                "alter table t alter column a drop not null",
                "alter table t drop column c",
                "alter table t cluster by (a)",
                "comment on column t.a is 'a'",
                "comment on table t is 't'",
                "alter table t rename to u",
                "create or alter table u (a int)",
                "alter view v rename to w")) {
            String last = warehouse.status("select max(last_ddl) from information_schema.tables");
            warehouse.ahead = warehouse.ahead.plusHours(1);
            warehouse.run(change);
            assertThat(warehouse.rows("select count(*) from information_schema.tables where last_ddl > '" + last
                            + "' and created < last_ddl"))
                    .as(change)
                    .containsExactly("1");
        }
    }

    @Test
    void tablesAreAltered() {
        warehouse.run("create table t (a int, b int)");
        warehouse.run("insert into t values (1, 2)");
        warehouse.run("alter table t rename column b to c");
        warehouse.run("alter table t add column e varchar default 'x'");
        warehouse.run("alter table t alter column a set not null");
        warehouse.run("alter table t rename to u");
        assertThat(warehouse.rows("select * from u")).containsExactly("1|2|x");
        assertThatThrownBy(() -> warehouse.run("insert into u (c) values (1)")).hasMessageContaining("NULL");
        warehouse.run("alter table u alter column a drop not null");
        warehouse.run("alter table u drop column c");
        assertThat(warehouse.names("select * from u")).containsExactly("A", "E");
        assertThatThrownBy(() -> warehouse.run("alter table u drop column nope"))
                .isInstanceOf(SnowflakeException.class);
    }

    @Test
    void showGoesOnFromAName() {
        for (String name : new String[] {"a1", "a2", "b1", "b2"}) {
            warehouse.run("create table " + name + " (x int)");
        }
        assertThat(warehouse.column("show tables limit 2", "name")).containsExactly("A1", "A2");
        assertThat(warehouse.column("show tables limit 2 from 'A2'", "name")).containsExactly("B1", "B2");
        assertThat(warehouse.column("show tables like 'a%' starts with 'A2'", "name"))
                .containsExactly("A2");
    }

    @Test
    void usersKeysAndParametersAreShown() {
        assertThat(warehouse.column("show users", "name")).containsExactly("FEEDLINE");
        assertThat(warehouse.column("show roles", "name")).containsExactly("ACCOUNTADMIN");
        assertThat(warehouse.column("show warehouses", "name")).containsExactly("FEEDLINE");
        assertThatThrownBy(() -> warehouse.run("alter user feedline set rsa_public_key = 'abc'"))
                .hasMessageContaining("public key");
        assertThatThrownBy(() -> warehouse.run("alter user nobody set rsa_public_key = 'abc'"))
                .hasMessageContaining("'NOBODY' does not exist");
        assertThatThrownBy(() -> warehouse.run("alter user feedline set password = 'abc'"))
                .hasMessageContaining("PASSWORD");
        assertThat(warehouse.column("show parameters like 'timezone'", "value")).containsExactly("Etc/UTC");
        assertThat(warehouse.column("desc user feedline", "property"))
                .contains("RSA_PUBLIC_KEY_FP", "RSA_PUBLIC_KEY_2_FP");
    }
}
