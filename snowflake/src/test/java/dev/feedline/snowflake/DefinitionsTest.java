package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Databases, schemas, stages, file formats, pipes, warehouses and comments: CREATE, ALTER, DROP, SHOW and DESC, as
/// Snowflake answers them.
class DefinitionsTest extends SharedWarehouse {
    @Test
    void databaseSchemaAndTableAreCreatedUsedAndKeptOverAReopen() {
        assertThat(warehouse.status("create database feedline")).isEqualTo("Database FEEDLINE successfully created.");
        assertThat(warehouse.session.schema()).contains("PUBLIC");
        assertThat(warehouse.status("create schema raw;")).isEqualTo("Schema RAW successfully created.");
        assertThat(warehouse.status("create table orders (id number not null, amount number(12,2), note string)"))
                .isEqualTo("Table ORDERS successfully created.");
        warehouse.run("insert into orders values (1, 1.10, 'x'), (2, 9999999999.99, null)");
        warehouse.reopen();
        assertThat(warehouse.rows("select * from feedline.raw.orders order by id"))
                .containsExactly("1|1.10|x", "2|9999999999.99|null");
        assertThat(warehouse.rows("desc table feedline.raw.orders"))
                .extracting(row -> row.substring(0, row.indexOf("|N|N|")))
                .containsExactly(
                        "ID|NUMBER(38,0)|COLUMN|N|null",
                        "AMOUNT|NUMBER(12,2)|COLUMN|Y|null",
                        "NOTE|VARCHAR(16777216)|COLUMN|Y|null");
    }

    @Test
    void stageFormatPipeAndIntegrationAreStoredShownAndDropped() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int)");
        warehouse.run("create storage integration lake type = external_stage storage_provider = 'S3'"
                + " storage_aws_role_arn = 'arn:aws:iam::000000000000:role/x' enabled = true"
                + " storage_allowed_locations = ('s3://lake/')");
        warehouse.run("create file format pq type = parquet use_logical_type = true");
        assertThat(warehouse.status("create stage lake url='s3://lake/data/' storage_integration = lake"
                        + " file_format = (format_name = 'PQ')"))
                .isEqualTo("Stage area LAKE successfully created.");
        assertThat(warehouse.status("create pipe if not exists p auto_ingest = true as copy into t from @lake/t/"
                        + " match_by_column_name = case_insensitive"))
                .isEqualTo("Pipe P successfully created.");
        warehouse.reopen();
        warehouse.run("use schema d.public");
        assertThat(warehouse.column("show stages", "url")).containsExactly("s3://lake/data/");
        assertThat(warehouse.column("show stages", "storage_integration")).containsExactly("LAKE");
        assertThat(warehouse.column("show file formats", "type")).containsExactly("PARQUET");
        assertThat(warehouse.column("show pipes", "definition"))
                .containsExactly("copy into t from @lake/t/ match_by_column_name = case_insensitive");
        assertThat(warehouse.column("show integrations", "name")).containsExactly("LAKE");
        for (String drop : new String[] {"pipe p", "stage lake", "file format pq"}) {
            assertThat(warehouse.status("drop " + drop)).endsWith("successfully dropped.");
            refused("drop " + drop, "002003", "02000", "does not exist or not authorized");
            warehouse.run("drop " + drop.replaceFirst(" (\\w+)$", " if exists $1"));
        }
        assertThat(warehouse.column("show pipes", "name")).isEmpty();
    }

    @Test
    void aDroppedDatabaseIsGoneForGood() {
        warehouse.run("create database d");
        warehouse.run("create table t as select 1 a");
        assertThat(warehouse.status("drop database d")).isEqualTo("D successfully dropped.");
        warehouse.run("create database d");
        refused("select * from d.public.t", "002003", "42S02", "does not exist");
        warehouse.reopen();
        assertThat(warehouse.column("show databases", "name")).containsExactly("D");
    }

    @Test
    void dropsAreRefusedForWhatIsNotThere() {
        warehouse.run("create database d");
        refused("drop table nope", "002003", "42S02", "Table 'NOPE' does not exist");
        refused("drop schema nope", "002003", "02000", "Schema 'NOPE' does not exist");
        refused("drop database nope", "002003", "02000", "Database 'NOPE' does not exist");
        assertThat(warehouse.status("drop table if exists nope")).contains("already dropped");
        warehouse.run("create view v as select 1 a");
        refused("drop table v", "001008", "22023", "is not a TABLE");
    }

    /// docs.snowflake.com/en/sql-reference/sql/desc-stage, …/desc-file-format, …/desc-pipe
    @Test
    void stageFormatAndPipeAreDescribed() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int)");
        warehouse.run("create file format f field_delimiter = '|' skip_header = 1 comment = 'c'");
        assertThat(warehouse.names("desc file format f"))
                .containsExactly("property", "property_type", "property_value", "property_default");
        assertThat(warehouse.rows("describe file format f"))
                .contains(
                        "TYPE|String|CSV|CSV",
                        "FIELD_DELIMITER|String|||,",
                        "SKIP_HEADER|Integer|1|0",
                        "PARSE_HEADER|Boolean|false|false",
                        "NULL_IF|List|[\\N]|[\\N]");
        warehouse.run("create stage s url = 's3://lake/x/' file_format = (type = parquet use_logical_type = true)");
        assertThat(warehouse.names("desc stage s"))
                .containsExactly("parent_property", "property", "property_type", "property_value", "property_default");
        assertThat(warehouse.rows("desc stage s"))
                .contains(
                        "STAGE_FILE_FORMAT|USE_LOGICAL_TYPE|Boolean|true|false",
                        "STAGE_LOCATION|URL|String|[\"s3://lake/x/\"]|");
        warehouse.run("create pipe p comment = 'of t' as copy into t from @s match_by_column_name = case_insensitive");
        assertThat(warehouse.names("desc pipe p")).isEqualTo(warehouse.names("show pipes"));
        assertThat(warehouse.rows("desc pipe p")).isEqualTo(warehouse.rows("show pipes"));
        assertThat(warehouse.column("desc pipe p", "definition"))
                .containsExactly("copy into t from @s match_by_column_name = case_insensitive");
        assertThat(warehouse.rows("select get_ddl('schema', 'public')").getFirst())
                .startsWith("create or replace schema PUBLIC;")
                .contains("create or replace TABLE T (\n\tA NUMBER(38,0)\n)")
                .contains("create file format f field_delimiter = '|'")
                .contains("create stage s url")
                .contains("create pipe p");
        assertThat(warehouse.rows("select get_ddl('database', 'd')").getFirst())
                .startsWith("create or replace database D;")
                .contains("create or replace schema PUBLIC;");
        refused("desc stage nope", "002003", "02000", "Stage 'D.PUBLIC.NOPE' does not exist");
        refused("create pipe q as copy into t from @s (select)", "001003", "42000", "syntax error");
        refused("create pipe q as copy into t (a) from (select $1:a, $1:b from @s)", "002020", "21S01", "expecting 1");
        refused("create pipe q as copy into t from @s", "002019", "0A000", "one and only one column");
    }

    /// docs.snowflake.com/en/sql-reference/sql/comment and …/alter-pipe
    @Test
    void commentsAreSetAndShown() {
        warehouse.run("create database d");
        warehouse.run("create schema s comment = 'first'");
        assertThat(warehouse.rows("show schemas like 's' in database d").getFirst())
                .contains("|first|");
        warehouse.run("create table t (a int)");
        warehouse.run("create view v as select a from t");
        warehouse.run("create stage st url = 's3://lake/'");
        warehouse.run("create pipe p as copy into t from @st");
        warehouse.run("comment on schema s is 'second'");
        warehouse.run("comment on table t is 'of t'");
        warehouse.run("comment if exists on view v is 'of v'");
        warehouse.run("comment on stage st is 'it''s'");
        warehouse.run("alter pipe p set pipe_execution_paused = true, comment = 'of p'");
        warehouse.reopen();
        warehouse.run("use schema d.s");
        assertThat(warehouse.column("show schemas like 's' in database d", "comment"))
                .containsExactly("second");
        assertThat(warehouse.column("show tables", "comment")).containsExactly("of t");
        assertThat(warehouse.column("show views", "comment")).containsExactly("of v");
        assertThat(warehouse.rows("select a from v")).isEmpty();
        assertThat(warehouse.column("show stages", "comment")).containsExactly("it's");
        assertThat(warehouse.column("show pipes", "comment")).containsExactly("of p");
        assertThat(warehouse.rows("select system$pipe_status('p')").getFirst()).contains("\"PAUSED\"");
        warehouse.run("alter pipe p unset pipe_execution_paused, comment");
        assertThat(warehouse.column("show pipes", "comment")).containsExactly("");
        assertThat(warehouse.rows("select system$pipe_status('p')").getFirst()).contains("\"RUNNING\"");
        warehouse.run("comment if exists on table nope is 'x'");
        refused("comment on table nope is 'x'", "002003", "02000", "NOPE");
    }

    /// docs.snowflake.com/en/sql-reference/sql/create-warehouse, …/alter-warehouse, …/show-warehouses
    @Test
    void warehousesAreStoredAndShownWithoutEffect() {
        assertThat(warehouse.status(
                        "create warehouse if not exists loading with warehouse_size = 'LARGE' auto_suspend = 60"
                                + " initially_suspended = true comment = 'c'"))
                .isEqualTo("Warehouse LOADING successfully created.");
        assertThat(warehouse.rows("show warehouses like 'load%'"))
                .containsExactly("LOADING|SUSPENDED|STANDARD|Large|N|N|ACCOUNTADMIN|c");
        warehouse.run("alter warehouse loading resume if suspended");
        warehouse.run("alter warehouse loading set warehouse_size = xsmall comment = 'd'");
        warehouse.reopen();
        warehouse.run("use warehouse loading");
        assertThat(warehouse.rows("show warehouses"))
                .containsExactly("LOADING|STARTED|STANDARD|X-Small|Y|Y|ACCOUNTADMIN|d");
        refused("create warehouse loading", "002002", "42710", "'LOADING' already exists");
        warehouse.run("create or replace warehouse loading");
        assertThat(warehouse.status("drop warehouse loading")).isEqualTo("LOADING successfully dropped.");
        warehouse.run("drop warehouse if exists loading");
        refused("drop warehouse loading", "002003", "02000", "Warehouse 'LOADING' does not exist");
        refused("alter warehouse loading suspend", "002003", "02000", "LOADING");
    }

    /// docs.snowflake.com/en/sql-reference/sql/create-stage: an internal stage is there, but nothing can be PUT on it.
    @Test
    void anInternalStageIsEmpty() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int)");
        warehouse.run("create stage s file_format = (type = csv)");
        assertThat(warehouse.column("show stages", "type")).containsExactly("INTERNAL");
        assertThat(warehouse.rows("list @s")).isEmpty();
        assertThat(warehouse.rows("copy into t from @s")).containsExactly("Copy executed with 0 files processed.");
        refused("copy into t from @s files = ('a.csv')", "091016", "02000", "was not found");
    }

    @Test
    void commentsAreOfDatabasesColumnsAndIntegrationsToo() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int, b varchar)");
        warehouse.run("create storage integration i type = external_stage storage_provider = 's3'"
                + " storage_aws_role_arn = 'arn:aws:iam::000000000000:role/x' storage_allowed_locations = ('s3://x/')"
                + " enabled = true");
        warehouse.run("comment on database d is 'the database'");
        warehouse.run("comment on column d.public.t.b is 'the column'");
        warehouse.run("comment on integration i is 'the integration'");
        assertThat(warehouse.column("show databases like 'd'", "comment")).containsExactly("the database");
        assertThat(warehouse.column("desc table t", "comment")).containsExactly("null", "the column");
        assertThat(warehouse.column("show integrations", "comment")).containsExactly("the integration");
        assertThat(warehouse.rows("select get_ddl('table', 't')").getFirst())
                .contains("B VARCHAR(16777216) COMMENT 'the column'");
        warehouse.run("comment if exists on database nowhere is 'x'");
        warehouse.run("comment if exists on column nowhere.b is 'x'");
        refused("comment on database nowhere is 'x'", "002003", "02000", "does not exist");
        refused("comment on column t.nope is 'x'", "000904", "42000", "invalid identifier 'NOPE'");
        warehouse.reopen();
        warehouse.run("use d.public");
        assertThat(warehouse.column("show databases like 'd'", "comment")).containsExactly("the database");
    }

    @Test
    void getDdlTellsTheCommentThatIsThere() {
        warehouse.run("create database d comment = 'the database'");
        warehouse.run("create table t (a varchar)");
        warehouse.run("create view v comment = 'first' as select a from t");
        warehouse.run("create stage s url = 's3://lake/x/' comment = 'first'");
        warehouse.run("create file format f type = csv");
        warehouse.run("create sequence q comment = 'first'");
        warehouse.run("create pipe p comment = 'as first' as copy into t from (select $1 from @s)");
        warehouse.run("comment on view v is 'second'");
        warehouse.run("comment on stage s is 'it''s the second'");
        warehouse.run("alter file format f set comment = 'second'");
        warehouse.run("alter sequence q unset comment");
        warehouse.run("alter pipe p set comment = 'second'");
        warehouse.run("alter schema public set comment = 'where it lies'");
        assertThat(ddl("view", "v"))
                .isEqualTo("create or replace view V(\n\tA\n) COMMENT='second' as select a from t;");
        assertThat(ddl("stage", "s")).isEqualTo("create stage s url = 's3://lake/x/' COMMENT = 'it''s the second';");
        assertThat(ddl("file_format", "f")).isEqualTo("create file format f type = csv COMMENT = 'second';");
        assertThat(ddl("sequence", "q")).isEqualTo("create sequence q;");
        assertThat(ddl("pipe", "p"))
                .isEqualTo("create pipe p COMMENT = 'second' as copy into t from (select $1 from @s);");
        assertThat(ddl("schema", "public")).startsWith("create or replace schema PUBLIC COMMENT='where it lies';");
        assertThat(ddl("database", "d"))
                .startsWith("create or replace database D COMMENT='the database';")
                .contains("COMMENT = 'it''s the second'");
        warehouse.run("drop stage s");
        warehouse.run("create stage s url = 's3://lake/x/' comment = 'third'");
        assertThat(ddl("stage", "s")).isEqualTo("create stage s url = 's3://lake/x/' COMMENT = 'third';");
    }

    @Test
    void whatIsDescribedAndShownInShort() {
        warehouse.run("create database d");
        warehouse.run("create table t (a int)");
        warehouse.run("create view v as select a from t");
        warehouse.run("create storage integration i type = external_stage storage_provider = 's3'"
                + " storage_aws_role_arn = 'arn:aws:iam::000000000000:role/x' storage_allowed_locations = ('s3://x/')"
                + " enabled = true comment = 'to the lake'");
        assertThat(warehouse.column("desc database d", "name")).containsExactly("PUBLIC");
        assertThat(warehouse.column("desc schema d.public", "name")).containsExactly("T", "V");
        assertThat(warehouse.column("desc schema d.public", "kind")).containsExactly("TABLE", "VIEW");
        assertThat(warehouse.column("desc integration i", "property"))
                .contains("ENABLED", "STORAGE_PROVIDER", "COMMENT");
        assertThat(warehouse.names("show terse tables"))
                .containsExactly("created_on", "name", "kind", "database_name", "schema_name");
        assertThat(warehouse.column("show terse objects", "name")).containsExactly("T", "V");
        assertThat(warehouse.column("show terse databases like 'd'", "name")).containsExactly("D");
        refused("show terse pipes", "001003", "0A000", "SHOW TERSE of a PIPE");
        refused("desc schema nowhere", "002003", "02000", "does not exist");
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        warehouse.run("create database d");
        for (String sql : new String[] {
            "create temporary stage s",
            "create schema s clone public",
            "create database e clone d",
            "create secure table s (a int)",
            "create secure stage s",
            "create table t (a int check (a > 0))",
            "create table t (a int primary key enforced)",
            "create table t (a geography)",
            "create stage s url='gcs://x/'",
            "create stage s url='s3://x/' encryption = (type = 'AWS_SSE_S3')",
            "create warehouse w color = 'red'",
            "alter warehouse w rename to v",
            "alter table t recluster",
            "alter pipe p set error_integration = x",
            "alter session set week_of_year_policy = 1",
            "create or alter view v as select 1 a",
            "create user u password = 'x'",
            "alter table t set tag x = 'y'",
            "put file:///tmp/x @s",
            "get @s file:///tmp/",
            "remove @s",
            "explain select 1",
            "call f()",
            "grant select on t to role r",
        }) {
            refused(sql, "001003", "0A000", "is not supported by the embedded warehouse");
        }
    }

    private String ddl(String kind, String name) {
        return warehouse.status("select get_ddl('" + kind + "', '" + name + "')");
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
