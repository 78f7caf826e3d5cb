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
