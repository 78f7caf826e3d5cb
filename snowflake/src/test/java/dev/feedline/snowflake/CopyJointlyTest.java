package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many Parquet files in one COPY: those of one shape are loaded by one statement, and nobody can tell. Which those
/// are,
/// `JointFilesTest` says.
class CopyJointlyTest extends SharedWarehouse {
    private static final String COPY = "copy into t from @lake match_by_column_name = case_insensitive";
    private static final String LOADED = "|LOADED|%d|%d|1|0|null|null|null|null";

    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
        warehouse.run("create stage lake url = 's3://lake/' file_format = (type = parquet use_logical_type = true)");
    }

    @AfterEach
    void nothingHasFailed() throws IOException {
        assertThat(warehouse.failures).isEmpty();
        warehouse.nothingIsLeft();
    }

    @Test
    void eachFileHasItsOwnCountsAndTheRowsKeepTheirOrder() {
        warehouse.run("create table t (id number, s varchar)");
        for (int i = 0; i < 70; i++) {
            // Every tenth is of another shape.
            put(
                    i,
                    "SELECT " + i * 1000 + " + i AS id, 'x'" + (i % 10 == 9 ? "::BLOB" : "") + " AS s FROM range("
                            + i % 7 + ") r(i)");
        }
        assertThat(warehouse.rows(COPY))
                .containsExactlyElementsOf(IntStream.range(0, 70)
                        .mapToObj(i -> url(i) + LOADED.formatted(i % 7, i % 7))
                        .toList());
        assertThat(warehouse.rows("select id from t"))
                .containsExactlyElementsOf(IntStream.range(0, 70)
                        .boxed()
                        .flatMap(i -> IntStream.range(0, i % 7).mapToObj(row -> String.valueOf(i * 1000 + row)))
                        .toList());
        assertThat(warehouse.rows(
                        "select sum(row_count), sum(row_parsed), count(*) from information_schema.load_history"))
                .containsExactly("210|210|70");
        assertThat(warehouse.rows(COPY)).containsExactly("Copy executed with 0 files processed.");
    }

    @Test
    void aBadFileAmongOthersIsNamedWithItsRow() {
        warehouse.run("create table t (id number)");
        for (int i = 0; i < 40; i++) {
            put(i, "SELECT (i + " + (i == 23 ? "0.5" : "0") + ")::DOUBLE id FROM range(1, 4) r(i)");
        }
        warehouse.refuses(COPY, "22000", "Failed to cast variant value 1.5 to FIXED\n  File '" + url(23) + "', line 1");
        assertThat(warehouse.rows("select * from t")).isEmpty();
        assertThat(warehouse.rows("select * from information_schema.load_history"))
                .isEmpty();
        assertThat(warehouse.rows(COPY + " on_error = skip_file"))
                .containsExactlyElementsOf(IntStream.range(0, 40)
                        .mapToObj(i -> url(i)
                                + (i == 23
                                        ? "|LOAD_FAILED|3|0|1|3|Failed to cast variant value 1.5 to"
                                                + " FIXED|1|null|\"T\"[\"ID\":1]"
                                        : LOADED.formatted(3, 3)))
                        .toList());
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("117");
    }

    @Test
    void aFileThatIsNoParquetIsNamedAmongOthers() {
        warehouse.run("create table t (id number)");
        for (int i = 0; i < 5; i++) {
            put(i, "SELECT 7 id");
        }
        warehouse.s3.put("lake", key(2), new byte[0]);
        warehouse.refuses(
                COPY,
                "22P02",
                "Error parsing the parquet file: Invalid: Parquet file size is 0 bytes\n  File '" + url(2));
        assertThat(warehouse.rows(COPY + " on_error = skip_file")).hasSize(5);
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("4");
    }

    /// As when they are loaded one after the other.
    @Test
    void ofTwoBadFilesTheFirstIsNamed() {
        warehouse.run("create table t (id number)");
        put(0, "SELECT 1::DOUBLE id");
        put(1, "SELECT 1.5::DOUBLE id");
        warehouse.s3.put("lake", key(2), new byte[0]);
        warehouse.refuses(COPY, "22000", "Failed to cast variant value 1.5 to FIXED\n  File '" + url(1) + "', line 1");
        assertThat(warehouse.column(COPY + " on_error = skip_file", "status"))
                .containsExactly("LOADED", "LOAD_FAILED", "LOAD_FAILED");
    }

    @Test
    void theTableFollowsOneShapeAfterTheOther() {
        warehouse.run("create table t (id number not null) enable_schema_evolution = true");
        put(1, "SELECT 1 id, 'a' AS one");
        put(2, "SELECT 2 id, 'b' AS one");
        put(3, "SELECT 3 id, 'c' AS two");
        put(4, "SELECT 'd' AS one");
        warehouse.run(COPY);
        assertThat(warehouse.rows("select * from t"))
                .containsExactly("1|a|null", "2|b|null", "3|null|c", "null|d|null");
    }

    @Test
    void metadataTellOfTheFileThatARowIsFrom() {
        warehouse.run("create table t (id number, f varchar, n number)");
        put(1, "SELECT 1 id UNION ALL SELECT 2");
        put(2, "SELECT 3 id UNION ALL SELECT 4");
        String metadata = " include_metadata = (n = metadata$file_row_number";
        warehouse.run(COPY + metadata + ")");
        assertThat(warehouse.rows("select * from t")).containsExactly("1|null|1", "2|null|2", "3|null|1", "4|null|2");
        warehouse.run("truncate table t");
        warehouse.run(COPY + metadata + ", f = metadata$filename) force = true");
        assertThat(warehouse.rows("select * from t")).containsExactly("1|01|1", "2|01|2", "3|02|1", "4|02|2");
    }

    @Test
    void inASessionsTransactionABadFileIsNamedToo() {
        warehouse.run("create table t (id number)");
        put(1, "SELECT 1::DOUBLE id");
        put(2, "SELECT 2.5::DOUBLE id");
        warehouse.run("begin");
        warehouse.refuses(COPY, "22000", "Failed to cast variant value 2.5 to FIXED\n  File '" + url(2));
        warehouse.run("rollback");
        assertThat(warehouse.rows("select * from t")).isEmpty();
    }

    private void put(int name, String select) {
        warehouse.s3.put("lake", key(name), ParquetFiles.of(select));
    }

    private static String key(int name) {
        return "%02d".formatted(name);
    }

    private static String url(int name) {
        return "s3://lake/" + key(name);
    }
}
