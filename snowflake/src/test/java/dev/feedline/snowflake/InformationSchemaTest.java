package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The views of INFORMATION_SCHEMA with the columns of docs.snowflake.com/en/sql-reference/info-schema, in their order.
class InformationSchemaTest extends SharedWarehouse {
    @BeforeEach
    void prepare() {
        warehouse.run("create database d comment = 'the database'");
    }

    @Test
    void columnsTellOfDefaultsAndIdentitiesAsTheyWereDeclared() {
        warehouse.run("create sequence s");
        warehouse.run("create table t (a int identity (10, 5), b varchar(10) default 'x' comment 'the b',"
                + " c timestamp_ntz default current_timestamp(), d int default s.nextval, e number(10,2),"
                + " f int autoincrement start 1 increment -1 order)");
        assertThat(warehouse.names("select * from information_schema.columns"))
                .startsWith("TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME", "ORDINAL_POSITION")
                .containsSubsequence(
                        "COLUMN_DEFAULT",
                        "IS_NULLABLE",
                        "DATA_TYPE",
                        "CHARACTER_MAXIMUM_LENGTH",
                        "CHARACTER_OCTET_LENGTH",
                        "NUMERIC_PRECISION",
                        "NUMERIC_PRECISION_RADIX",
                        "NUMERIC_SCALE",
                        "DATETIME_PRECISION",
                        "COLLATION_NAME",
                        "DTD_IDENTIFIER",
                        "IS_SELF_REFERENCING")
                .endsWith("IDENTITY_CYCLE", "IDENTITY_ORDERED", "COMMENT");
        assertThat(warehouse.rows("select column_name, column_default, character_octet_length, numeric_precision_radix,"
                        + " is_identity, identity_start, identity_increment, identity_ordered, comment"
                        + " from information_schema.columns order by ordinal_position"))
                .containsExactly(
                        "A|null|null|10|YES|10|5|NO|null",
                        "B|'x'|40|null|NO|null|null|null|the b",
                        "C|CURRENT_TIMESTAMP()|null|null|NO|null|null|null|null",
                        "D|D.PUBLIC.S.NEXTVAL|null|10|NO|null|null|null|null",
                        "E|null|null|10|NO|null|null|null|null",
                        "F|null|null|10|YES|1|-1|YES|null");
    }

    @Test
    void stagesFormatsPipesAndSequencesTellWhatTheyAre() {
        warehouse.run("create table t (a int)");
        warehouse.run("create stage e url = 's3://lake/x/' comment = 'outside'");
        warehouse.run("create stage i");
        warehouse.run("create file format f type = csv field_delimiter = '|' skip_header = 2 null_if = ('')");
        warehouse.run("create file format j type = json");
        warehouse.run("create pipe p auto_ingest = true as copy into t from @e pattern = '.*[.]csv'");
        warehouse.run("create pipe q as copy into t from @e");
        warehouse.run("create sequence s start = 5 increment = 2 order comment = 'odd'");
        warehouse.run("select s.nextval");
        assertThat(
                        warehouse.rows(
                                "select stage_catalog, stage_schema, stage_name, stage_url, stage_region, stage_type,"
                                        + " stage_owner, comment, created is null, last_altered from information_schema.stages order by 3"))
                .containsExactly(
                        "D|PUBLIC|E|s3://lake/x/|us-east-1|External Named|ACCOUNTADMIN|outside|false|null",
                        "D|PUBLIC|I|null|null|Internal Named|ACCOUNTADMIN|null|false|null");
        assertThat(warehouse.rows("select file_format_name, file_format_type, field_delimiter, skip_header, trim_space,"
                        + " null_if, compression, error_on_column_count_mismatch from information_schema.file_formats"
                        + " order by 1"))
                .containsExactly("F|CSV|||2|false|[]|AUTO|true", "J|JSON|null|null|false|[]|AUTO|null");
        String channel = "arn:aws:sqs:us-east-1:000000000000:sf-snowpipe-feedline";
        assertThat(warehouse.rows("select pipe_name, definition, is_autoingest_enabled, notification_channel_name,"
                        + " pattern from d.information_schema.pipes order by 1"))
                .containsExactly(
                        "P|copy into t from @e pattern = '.*[.]csv'|YES|" + channel + "|.*[.]csv",
                        "Q|copy into t from @e|NO|null|null");
        assertThat(warehouse.rows("select sequence_name, data_type, numeric_precision, numeric_scale, start_value,"
                        + " next_value, \"INCREMENT\", ordered, comment from information_schema.sequences"))
                .containsExactly("S|NUMBER|38|0|5|7|2|YES|odd");
        assertThat(warehouse.column("show sequences", "ordered")).containsExactly("Y");
        assertThat(warehouse.rows("desc sequence s")).isEqualTo(warehouse.rows("show sequences"));
    }

    /// It would keep what was so when it was made.
    @Test
    void aViewOverThemTellsNothingThatChanges() {
        warehouse.run("create stage e url = 's3://lake/x/'");
        warehouse.run("create view v as select stage_name, stage_url from information_schema.stages");
        warehouse.run("create stage f url = 's3://lake/y/'");
        assertThat(warehouse.rows("select * from v order by 1")).containsExactly("E|null", "F|null");
    }

    @Test
    void databasesAndSchemataTellTheirCommentsAndSinceWhenTheyAre() {
        warehouse.run("create schema s comment = 'the schema'");
        assertThat(warehouse.rows("select database_name, comment, created is null, retention_time, type"
                        + " from information_schema.databases"))
                .containsExactly("D|the database|false|0|STANDARD");
        assertThat(warehouse.rows("select schema_name, is_managed_access, created is null, comment"
                        + " from information_schema.schemata order by 1"))
                .containsExactly("INFORMATION_SCHEMA|NO|true|null", "PUBLIC|NO|true|null", "S|NO|false|the schema");
        assertThat(warehouse.rows("select created = (select max(created_on) from (select created as created_on from"
                        + " information_schema.schemata where schema_name = 'S')) from information_schema.schemata"
                        + " where schema_name = 'S'"))
                .containsExactly("true");
        String schema = warehouse.column("show schemas like 's'", "created_on").getFirst();
        String database = warehouse.column("show databases", "created_on").getFirst();
        assertThat(schema).isGreaterThan(database);
        assertThat(warehouse.column("show schemas like 'public'", "created_on")).containsExactly(database);
        warehouse.run("comment on schema public is 'later'");
        assertThat(warehouse.column("show schemas like 'public'", "created_on").getFirst())
                .startsWith(database.substring(0, "2026-11-27T20:32:19.427406".length()));
        assertThat(warehouse.rows("select * from information_schema.enabled_roles"))
                .containsExactly("ACCOUNTADMIN|null");
        assertThat(warehouse.rows("select * from information_schema.information_schema_catalog_name"))
                .containsExactly("D");
    }
}
