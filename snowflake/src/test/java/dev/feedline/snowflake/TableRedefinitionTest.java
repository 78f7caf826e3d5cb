package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// CREATE OR ALTER TABLE. Source: docs.snowflake.com/en/sql-reference/sql/create-table, create-or-alter.
class TableRedefinitionTest extends SharedWarehouse {
    private static final String NOTHING_NEW = "Statement executed successfully.";

    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
    }

    @Test
    void whatIsNotThereIsCreatedAndWhatIsAsDefinedStays() {
        String statement =
                "create or alter table t (id number not null, name varchar(10) default 'it''s' comment 'who',"
                        + " at timestamp_ltz default current_timestamp()) cluster by (id) comment = 'first'";
        assertThat(warehouse.status(statement)).isEqualTo("Table T successfully created.");
        warehouse.run("insert into t (id) values (1)");
        List<String> shown = warehouse.rows("show tables");
        List<String> described = warehouse.rows("desc table t");
        assertThat(warehouse.status(statement)).isEqualTo(NOTHING_NEW);
        assertThat(warehouse.rows("show tables")).isEqualTo(shown);
        assertThat(warehouse.rows("desc table t")).isEqualTo(described);
        assertThat(warehouse.rows("select id, name from t")).containsExactly("1|it's");
    }

    @Test
    void columnsAreAddedDroppedAndWidenedAndTheRowsStay() {
        warehouse.run("create table t (id number(5,0), name varchar(3) not null, gone date)");
        warehouse.run("insert into t values (1, 'abc', '2026-01-01'), (2, 'x', null)");
        warehouse.run("create view v as select id from t");
        warehouse.run(
                "create or alter table t (id number(38,0) not null, name varchar(5), price number(5,2) default 1.5,"
                        + " note varchar)");
        assertThat(warehouse.rows("select * from t order by id")).containsExactly("1|abc|1.50|null", "2|x|1.50|null");
        assertThat(warehouse.column("desc table t", "type"))
                .containsExactly("NUMBER(38,0)", "VARCHAR(5)", "NUMBER(5,2)", "VARCHAR(16777216)");
        assertThat(warehouse.column("desc table t", "null?")).containsExactly("N", "Y", "Y", "Y");
        warehouse.run("insert into t (id, name) values (12345678, 'abcde')");
        assertThat(warehouse.rows("select count(*) from v")).containsExactly("3");
        warehouse.refuses("insert into t (id, name) values (3, 'abcdef')", "22000", "is too long");
        warehouse.reopen();
        assertThat(warehouse.rows("select price from d.public.t where id = 2")).containsExactly("1.50");
    }

    @Test
    void whatIsNotMentionedIsUnset() {
        warehouse.run("create table t (id int comment 'key', a int default 7) enable_schema_evolution = true"
                + " cluster by (id) comment = 'text'");
        warehouse.run("create or alter table t (id int, a int)");
        assertThat(warehouse.column("show tables", "comment")).containsExactly("");
        assertThat(warehouse.column("show tables", "cluster_by")).containsExactly("");
        assertThat(warehouse.column("show tables", "enable_schema_evolution")).containsExactly("N");
        assertThat(warehouse.column("desc table t", "comment")).containsExactly("null", "null");
        warehouse.run("insert into t (id) values (1)");
        assertThat(warehouse.rows("select * from t")).containsExactly("1|null");
    }

    @Test
    void theLoadHistoryStays() {
        warehouse.run("create stage s url = 's3://lake/'");
        warehouse.run("create table t (id int)");
        warehouse.put("f.csv", "1\n2\n");
        String copy = "copy into t from @s file_format = (type = csv)";
        assertThat(warehouse.column(copy, "status")).containsExactly("LOADED");
        warehouse.run("create or alter table t (id int, name varchar)");
        assertThat(warehouse.column(copy, "status")).containsExactly("Copy executed with 0 files processed.");
        assertThat(warehouse.rows("select * from t order by id")).containsExactly("1|null", "2|null");
    }

    @Test
    void aChangeThatTheRowsForbidChangesNothing() {
        warehouse.run("create table t (id int, name varchar)");
        warehouse.run("insert into t values (1, null)");
        List<String> described = warehouse.rows("desc table t");
        warehouse.refuses("create or alter table t (id int, name varchar not null)", "22000", "NULL result");
        assertThat(warehouse.rows("desc table t")).isEqualTo(described);
        assertThat(warehouse.rows("select * from t")).containsExactly("1|null");
        assertThat(warehouse.column("show tables", "name")).containsExactly("T");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create or alter table t (b int, a int) | 0A000 | changes the order of columns",
                "create or alter table t (a int, c int, b int) | 0A000 | changes the order of columns",
                "create or alter table t (c int) | 0A000 | keeps no column",
                "create or alter table t (a int default 2, b int) | 0A000 | another DEFAULT of the column A",
                "create or alter table t (a varchar, b int) | 22000 | cannot change column A from type NUMBER(38,0)",
                "create or alter table t (a number(5,0), b int) | 22000 | cannot change column A from type NUMBER(38,0)",
                "create or alter transient table t (a int, b int) | 0A000 | transient or permanent",
                "create or alter table t (a int primary key, b int) | 0A000 | changes a constraint",
                "create or alter table t (a int, b int, c int autoincrement) | 0A000 | with AUTOINCREMENT",
                "create or alter table t as select 1 a | 0A000 | AS SELECT, LIKE or CLONE",
                "create or alter table t like u | 0A000 | AS SELECT, LIKE or CLONE",
                "create or alter table if not exists t (a int) | 42000 | incompatible",
                "create or alter view v as select 1 a | 0A000 | CREATE OR ALTER VIEW",
                "create or alter table v (a int) | 22023 | is a view",
            })
    void whatCannotBeAlteredIsRefusedByName(String sql, String state, String message) {
        warehouse.run("create table t (a int, b int)");
        warehouse.run("create view v as select a from t");
        warehouse.refuses(sql, state, message);
        assertThat(warehouse.column("show tables", "name")).containsExactly("T");
    }
}
