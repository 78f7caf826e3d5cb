package dev.feedline.snowflake;

import static dev.feedline.snowflake.BadFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.snowflake.BadFiles.Bad;
import dev.feedline.snowflake.BadFiles.Format;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad files, with what a pipe, the histories and VALIDATE_PIPE_LOAD say of each; the good one beside it is loaded.
class BadFilesOfPipesTest extends SharedWarehouse {
    private static final String HISTORY = "start_time => dateadd(hour, -1, current_timestamp())))";

    @BeforeAll
    void start() {
        warehouse.snowflake.start();
    }

    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
        warehouse.run("create stage s url = 's3://lake/'");
        warehouse.run("create table t (id number not null, name varchar(10))");
    }

    @AfterEach
    void nothingHasFailed() {
        assertThat(warehouse.failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.feedline.snowflake.BadFiles#all")
    void aPipeTellsWhatIsWrongAndLoadsTheNextFile(Bad bad) throws IOException {
        String key = bad.format().key();
        warehouse.run("create pipe p auto_ingest = true as " + bad.format().copy());
        warehouse.run("alter pipe p set pipe_execution_paused = true");
        warehouse.s3.put("lake", key, bad.bytes());
        warehouse.s3.put("lake", "good", bad.format().good());
        event(key);
        event("good");
        warehouse.run("alter pipe p set pipe_execution_paused = false");
        warehouse.await("select id from t order by id", "7", "8");
        warehouse.await(status("pendingFileCount"), "0");
        row(
                "select file_name, status, row_parsed, row_count, error_limit, error_count, first_error_message,"
                        + " first_error_line_number, first_error_character_pos, first_error_column_name from table("
                        + "information_schema.copy_history(table_name => 'T', " + HISTORY + " where pipe_name = 'P' and"
                        + " status <> 'Loaded'",
                key + "|Load failed|" + bad.parsed() + "|0|1|" + bad.errors(),
                bad);
        List<String> errors =
                warehouse.rows("select file, code || '/' || sql_state, error, line, character, column_name"
                        + " from table(validate_pipe_load(pipe_name => 'P', " + HISTORY + " order by row_number");
        assertThat(errors).hasSize(Integer.parseInt(bad.errors()));
        bad.isSaidBy(errors.getFirst(), key + "|" + bad.code());
        assertThat(warehouse.rows(status("lastIngestedFilePath"))).containsExactly("good");
        assertThat(warehouse.rows("select count(*) from information_schema.load_history"))
                .as("pipes are not in this view")
                .containsExactly("0");
        warehouse.nothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void aPipesFileThatIsGoneIsRecordedAndLoadedWhenItIsThereAgain(Format format) {
        warehouse.run("create pipe p auto_ingest = true as " + format.copy());
        warehouse.run("alter pipe p set pipe_execution_paused = true");
        warehouse.s3.put("lake", "1", format.good());
        event("1");
        warehouse.s3.remove("lake", "1");
        warehouse.s3.put("lake", "2", format.good());
        event("2");
        warehouse.run("alter pipe p set pipe_execution_paused = false");
        warehouse.await("select count(*) from t", "2");
        warehouse.await(
                "select file, code, split_part(error, '.', 1) from table(validate_pipe_load(pipe_name => 'P', "
                        + HISTORY,
                "1|91016|Remote file 's3://lake/1' was not found");
        warehouse.await(status("pendingFileCount"), "0");
        warehouse.s3.put("lake", "1", format.good());
        event("1");
        warehouse.await("select count(*) from t", "4");
    }

    /// A table's history knows a file by its content, too; a pipe's by path and name only.
    @ParameterizedTest
    @EnumSource
    void aFileUnderItsNameWithOtherContentIsLoadedByCopyAndSkippedByThePipe(Format format) {
        warehouse.run("create table u like t");
        warehouse.run("create pipe p auto_ingest = true as " + format.copy().replace("into t", "into u"));
        warehouse.run("alter pipe p set pipe_execution_paused = true");
        String key = format.key();
        warehouse.s3.put("lake", key, format.good());
        event(key);
        warehouse.run("alter pipe p set pipe_execution_paused = false");
        warehouse.await("select count(*) from u", "2");
        assertThat(warehouse.column(format.copy(), "status")).containsExactly("LOADED");
        assertThat(warehouse.column(format.copy(), "status")).containsExactly("Copy executed with 0 files processed.");
        byte[] other = format == Format.PARQUET ? ParquetFiles.of("SELECT 9 id, 'n' AS name") : bytes("9,nine");
        warehouse.s3.put("lake", key, format == Format.JSON ? bytes("{\"id\":9}") : other);
        event(key);
        assertThat(warehouse.column(format.copy(), "rows_loaded")).containsExactly("1");
        assertThat(warehouse.rows("select id from t order by id")).containsExactly("7", "8", "9");
        warehouse.put("last", "no more");
        event("last");
        warehouse.await("select count(*) from table(validate_pipe_load(pipe_name => 'P', " + HISTORY, "1");
        assertThat(warehouse.rows("select id from u order by id")).containsExactly("7", "8");
        warehouse.ahead = java.time.Duration.ofDays(15);
        event(key);
        warehouse.await("select id from u order by id", "7", "8", "9");
    }

    private void row(String sql, String begin, Bad bad) {
        bad.isSaidBy(warehouse.rows(sql).getFirst(), begin);
    }

    private static String status(String key) {
        return "select parse_json(system$pipe_status('p')):" + key + "::string";
    }

    private void event(String key) {
        var stored = warehouse.s3.get("lake", key);
        warehouse.sqs.objectCreated("lake", key, stored.bytes().length, stored.etag());
    }
}
