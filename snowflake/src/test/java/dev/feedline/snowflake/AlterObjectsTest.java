package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// ALTER of stages, file formats and storage integrations, kept over a reopen.
class AlterObjectsTest extends SharedWarehouse {
    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
    }

    /// docs.snowflake.com/en/sql-reference/sql/alter-stage
    @Test
    void aStageLoadsFromWhereItWasAltered() {
        warehouse.put("a/x.csv", "1");
        warehouse.put("b/x.csv", "2|3\n");
        warehouse.run("create table t (a int, b int)");
        warehouse.run("create stage s url = 's3://lake/a/' comment = 'first'");
        warehouse.run("alter stage s set url = 's3://lake/b/' file_format = (type = csv field_delimiter = '|')");
        assertThat(warehouse.column("show stages", "url")).containsExactly("s3://lake/b/");
        assertThat(warehouse.column("show stages", "comment")).containsExactly("first");
        warehouse.run("alter stage s set comment = 'it''s b' file_format = (type = csv field_delimiter = '|')");
        warehouse.reopen();
        warehouse.run("use d.public");
        warehouse.run("copy into t from @s");
        assertThat(warehouse.rows("select a, b from t")).containsExactly("2|3");
        assertThat(warehouse.status("select get_ddl('stage', 's')"))
                .isEqualTo("create stage s URL = 's3://lake/b/' COMMENT = 'it''s b'"
                        + " FILE_FORMAT = (type = csv field_delimiter = '|');");
        warehouse.run("comment on stage s is 'between'");
        warehouse.run("alter stage s set comment = 'it''s b'");
        assertThat(warehouse.column("show stages", "comment")).containsExactly("it's b");
        warehouse.run("alter stage if exists nope set url = 's3://lake/'");
        warehouse.refuses("alter stage nope set url = 's3://lake/'", "02000", "Stage 'D.PUBLIC.NOPE'");
        warehouse.refuses("alter stage s set storage_integration = nope", "02000", "Integration 'NOPE'");
        warehouse.refuses("alter stage s set file_format = nope", "02000", "File format 'D.PUBLIC.NOPE'");
        warehouse.refuses("alter stage s set directory = (enable = true)", "0A000", "The property DIRECTORY");
        warehouse.refuses("alter stage s set tag cost = 'x'", "0A000", "ALTER STAGE … SET TAG");
        assertThat(warehouse.column("show stages", "url")).containsExactly("s3://lake/b/");
    }

    @Test
    void theStageOfAPipeStaysWhereItIs() {
        warehouse.run("create table t (a int)");
        warehouse.run("create stage s url = 's3://lake/a/'");
        warehouse.run("create pipe p as copy into t from @s");
        warehouse.refuses("alter stage s set url = 's3://lake/b/'", "0A000", "the pipe D.PUBLIC.P loads from");
        warehouse.run("alter stage s set comment = 'of p'");
        warehouse.run("drop pipe p");
        warehouse.run("alter stage s set url = 's3://lake/b/'");
        assertThat(warehouse.column("show stages", "url")).containsExactly("s3://lake/b/");
    }

    @Test
    void stagesAndFileFormatsAreRenamed() {
        warehouse.run("create or replace stage d.public.s url = 's3://lake/a/'");
        warehouse.run("create file format if not exists f type = csv");
        warehouse.run("alter stage s rename to \"the stage\"");
        warehouse.run("alter file format f rename to g");
        assertThat(warehouse.column("show stages", "name")).containsExactly("the stage");
        assertThat(warehouse.column("show file formats", "name")).containsExactly("G");
        assertThat(warehouse.status("select get_ddl('stage', '\"the stage\"')"))
                .isEqualTo("create or replace stage D.PUBLIC.\"the stage\" url = 's3://lake/a/';");
        assertThat(warehouse.status("select get_ddl('file_format', 'g')"))
                .isEqualTo("create file format if not exists D.PUBLIC.G type = csv;");
        warehouse.run("create schema other");
        warehouse.run("use schema public");
        warehouse.refuses("alter file format g rename to other.g", "0A000", "RENAME TO another schema");
        warehouse.run("create file format h type = json");
        warehouse.refuses("alter file format h rename to g", "42710", "already exists");
        warehouse.refuses("alter file format nope rename to n", "02000", "'D.PUBLIC.NOPE' does not exist");
        warehouse.run("alter file format if exists nope rename to n");
    }

    /// docs.snowflake.com/en/sql-reference/sql/alter-file-format
    @Test
    void aFileFormatReadsAsItWasAltered() {
        warehouse.put("a/x.csv", "a;b\n1;2\n");
        warehouse.run("create table t (a int, b int)");
        warehouse.run("create stage s url = 's3://lake/a/'");
        warehouse.run("create file format f type = csv null_if = ('x', 'y')");
        warehouse.run("alter file format f set field_delimiter = ';', skip_header = 1 null_if = ()");
        warehouse.run("copy into t from @s file_format = (format_name = f)");
        assertThat(warehouse.rows("select a, b from t")).containsExactly("1|2");
        assertThat(warehouse.rows("desc file format f"))
                .contains("FIELD_DELIMITER|String|;|,", "SKIP_HEADER|Integer|1|0", "NULL_IF|List|[]|[\\N]");
        warehouse.refuses("alter file format f set type = json", "22023", "TYPE of a file format cannot be changed");
        warehouse.refuses("alter file format f set multi_line = false", "0A000", "MULTI_LINE");
    }

    /// docs.snowflake.com/en/sql-reference/sql/alter-storage-integration
    @Test
    void aStorageIntegrationIsAltered() {
        warehouse.run("create storage integration i type = external_stage storage_provider = 'S3' enabled = true"
                + " storage_aws_role_arn = 'arn:aws:iam::000000000000:role/x'"
                + " storage_allowed_locations = ('s3://a/') comment = 'first'");
        warehouse.run(
                "alter storage integration i set enabled = false storage_allowed_locations = ('s3://a/', 's3://b/')");
        warehouse.run("alter integration i set comment = 'it''s mine'");
        warehouse.reopen();
        assertThat(warehouse.rows("show integrations"))
                .singleElement()
                .satisfies(row -> assertThat(row).startsWith("I|external_stage|STORAGE|false|it's mine|"));
        assertThat(warehouse.rows("desc integration i"))
                .contains("ENABLED|Boolean|false|null", "STORAGE_ALLOWED_LOCATIONS|List|s3://a/, s3://b/|null");
        warehouse.refuses("alter integration nope set enabled = true", "02000", "Integration 'NOPE'");
        warehouse.run("alter integration if exists nope set enabled = true");
    }
}
