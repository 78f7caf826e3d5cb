package dev.feedline.snowflake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a pipe tells of itself, and what holds it up: errors, counters, pause, outages, a new start.
class PipeStatesTest extends TwoPipes {
    /// docs.snowflake.com/en/sql-reference/functions/validate_pipe_load and …/system_pipe_status
    @Test
    void aPipesErrorsAndCountersAreTold() {
        warehouse.run("create stage csvs url = 's3://lake/csv/'");
        warehouse.run("create table amounts (a number, b number)");
        warehouse.run(
                "create pipe amounts_pipe auto_ingest = true as copy into amounts from @csvs" + " on_error = continue");
        assertThat(status("amounts_pipe", "numOutstandingMessagesOnChannel")).isEqualTo("0");
        warehouse.s3.put("lake", "csv/a.csv", "1,2\n3,x\n4,5,6\n");
        warehouse.sqs.objectCreated("lake", "csv/a.csv", 14, "e1");
        assertThat(status("amounts_pipe", "numOutstandingMessagesOnChannel")).isEqualTo("1");
        warehouse.snowflake.start();
        warehouse.await("select * from amounts", "1|2");
        String errors = "select error, file, line, character, category, code, sql_state, column_name, row_number,"
                + " row_start_line from table(validate_pipe_load(pipe_name => 'AMOUNTS_PIPE',"
                + " start_time => dateadd(hour, -1, current_timestamp()))) order by row_number";
        warehouse.await(
                errors,
                "Numeric value 'x' is not recognized|a.csv|2|3|conversion|100038|22018|\"AMOUNTS\"[\"B\":2]|2|2",
                "Field delimiter ',' found while expecting record delimiter '\\n'|a.csv|3|4|parsing|100016|22000|"
                        + "\"AMOUNTS\"[\"B\":2]|3|3");
        assertThat(warehouse.rows("select file_name, status, row_count, row_parsed, error_count, error_limit, pipe_name"
                        + " from table(information_schema.copy_history(table_name => 'AMOUNTS', start_time =>"
                        + " dateadd(hour, -1, current_timestamp())))"))
                .containsExactly("a.csv|Partially loaded|1|3|2|3|AMOUNTS_PIPE");
        assertThat(status("amounts_pipe", "lastForwardedFilePath")).isEqualTo("lake/csv/a.csv");
        assertThat(status("amounts_pipe", "lastIngestedFilePath")).isEqualTo("a.csv");
        assertThat(status("orders_pipe", "lastForwardedFilePath")).isEqualTo("null");
        assertThat(status("orders_pipe", "lastReceivedMessageTimestamp")).startsWith("20");
        assertThat(status("orders_pipe", "lastPulledFromChannelTimestamp")).startsWith("20");
        warehouse.ahead = java.time.Duration.ofDays(15);
        assertThat(warehouse.rows(errors.replace("-1, current_timestamp()", "-999, current_timestamp()")))
                .as("14 days back")
                .isEmpty();
    }

    @Test
    void theRejectedRecordsAreTold() {
        warehouse.run(
                "create stage csvs url = 's3://lake/csv/' file_format = (type = csv field_optionally_enclosed_by = '\"')");
        warehouse.run("create stage jsons url = 's3://lake/json/' file_format = (type = json)");
        warehouse.run("create table amounts (a number, b number)");
        warehouse.run("create pipe csv_pipe auto_ingest = true as copy into amounts from @csvs on_error = continue");
        warehouse.run("create pipe json_pipe auto_ingest = true as copy into amounts from @jsons"
                + " match_by_column_name = case_insensitive on_error = continue");
        warehouse.s3.put("lake", "csv/a.csv", "1,2\r\n\"ä𝄞\n\",x\r\n3,4,5\n6,7\n8");
        warehouse.sqs.objectCreated("lake", "csv/a.csv", 14, "e1");
        warehouse.s3.put(
                "lake", "json/a.json", "{\"A\":1}\n{\"A\": \"ä\", \"B\":[2,\n3]}\n{\"A\":3}\n{\"A\":4,\n \"B\" 5}\n");
        warehouse.sqs.objectCreated("lake", "json/a.json", 14, "e2");
        warehouse.snowflake.start();
        String told = "select line, character, byte_offset, row_number, row_start_line, rejected_record from"
                + " table(validate_pipe_load(pipe_name => '%s', start_time => dateadd(hour, -1, current_timestamp())))"
                + " order by row_number";
        // Counted by hand: `1,2` and its line's end are 5 bytes, `ä` has 2, the clef 4 and two of Java's characters.
        // Broken JSON is told behind the character that breaks it.
        warehouse.await(told.formatted("CSV_PIPE"), "2|1|5|2|2|\"ä𝄞\n\",x", "4|4|21|3|4|3,4,5", "6|2|29|5|6|8");
        warehouse.await(
                told.formatted("JSON_PIPE"),
                "2|1|8|2|null|{\"A\": \"ä\", \"B\":[2,\n3]}",
                "6|7|54|4|null|{\"A\":4,\n \"B\" 5");
    }

    /// Bytes that are no characters count as the reader of the rows counts them: a byte that begins none is one
    /// character, and so is the beginning of one that is not whole.
    @Test
    void theRejectedRecordsAreToldAroundBytesThatAreNoCharacters() {
        warehouse.run("create stage csvs url = 's3://lake/csv/' file_format = (type = csv)");
        warehouse.run("create table amounts (a varchar, b number)");
        warehouse.run("create pipe csv_pipe auto_ingest = true as copy into amounts from @csvs on_error = continue");
        byte[] file = ("a,1\n\u0080\u0080,2\n\u00f0\u009f,y\nb\u00ff,3\u00c3\nc,x\n").getBytes(ISO_8859_1);
        warehouse.s3.put("lake", "csv/a.csv", file);
        warehouse.sqs.objectCreated("lake", "csv/a.csv", file.length, "e1");
        warehouse.snowflake.start();
        // Lines begin at the bytes 0, 4, 9, 14 and 20.
        warehouse.await(
                "select line, character, byte_offset, rejected_record from table(validate_pipe_load(pipe_name =>"
                        + " 'CSV_PIPE', start_time => dateadd(hour, -1, current_timestamp()))) order by row_number",
                "2|1|4|\ufffd\ufffd,2",
                "3|1|9|\ufffd,y",
                "4|1|14|b\ufffd,3\ufffd",
                "5|3|22|c,x");
    }

    /// A file's errors are kept to a bound; all are counted.
    @Test
    void ofManyErrorsTheFirstThousandAreTold() {
        warehouse.run("create stage csvs url = 's3://lake/csv/'");
        warehouse.run("create table amounts (a number)");
        warehouse.run(
                "create pipe amounts_pipe auto_ingest = true as copy into amounts from @csvs on_error = continue");
        warehouse.s3.put("lake", "csv/a.csv", "x\n".repeat(2500) + "1\n");
        warehouse.sqs.objectCreated("lake", "csv/a.csv", 5002, "e1");
        warehouse.snowflake.start();
        warehouse.await("select a from amounts", "1");
        assertThat(warehouse.rows("select count(*), min(row_number), max(row_number) from table(validate_pipe_load("
                        + "pipe_name => 'AMOUNTS_PIPE', start_time => dateadd(hour, -1, current_timestamp())))"))
                .containsExactly("1000|1|1000");
        assertThat(warehouse.rows("select error_count from table(information_schema.copy_history(table_name =>"
                        + " 'AMOUNTS', start_time => dateadd(hour, -1, current_timestamp())))"))
                .containsExactly("2500");
        warehouse.run("create pipe p as copy into amounts from (select $1 from @csvs)");
        assertThatThrownBy(() -> warehouse.run("select * from table(validate_pipe_load(pipe_name => 'P',"
                        + " start_time => dateadd(hour, -1, current_timestamp())))"))
                .isInstanceOf(SnowflakeException.class)
                .hasMessageContaining("whose COPY has a SELECT");
    }

    @Test
    void aLoadThatWaitsForAnotherOneDoesNotHoldUpTheEnd() {
        Session other = warehouse.snowflake.openSession();
        other.executeScript("use schema d.public; begin;");
        other.execute("copy into orders from @lake/orders/ match_by_column_name = case_insensitive", List.of());
        put("orders/1.parquet", "SELECT 9 id");
        other.execute("copy into orders from @lake/orders/ match_by_column_name = case_insensitive", List.of());
        event("orders/1.parquet");
        warehouse.snowflake.start();
        awaitStatus("pendingFileCount", "1");
        long begin = System.nanoTime();
        warehouse.snowflake.close();
        assertThat(java.time.Duration.ofNanos(System.nanoTime() - begin)).isLessThan(java.time.Duration.ofSeconds(30));
    }

    @Test
    void aPausedPipeKeepsItsFilesUntilItIsResumed() {
        warehouse.run("alter pipe orders_pipe set pipe_execution_paused = true");
        warehouse.snowflake.start();
        upload("orders/1.parquet", "SELECT 1 id");
        upload("orders_eu/1.parquet", "SELECT 1 id");
        warehouse.await("select id from orders_eu", "1");
        awaitNoMessages();
        assertThat(status("executionState")).isEqualTo("PAUSED");
        assertThat(status("pendingFileCount")).isEqualTo("1");
        assertThat(status("oldestPendingFilePath")).isEqualTo("orders/1.parquet");
        warehouse.reopen();
        warehouse.run("use schema d.public");
        assertThat(status("pendingFileCount")).isEqualTo("1");
        warehouse.snowflake.start();
        warehouse.run("alter pipe orders_pipe set pipe_execution_paused = false");
        warehouse.await("select id from orders", "1");
        awaitStatus("pendingFileCount", "0");
        assertThat(status("executionState")).isEqualTo("RUNNING");
        assertThat(status("lastIngestedFilePath")).isEqualTo("orders/1.parquet");
        assertThat(status("notificationChannelName")).isEqualTo(CHANNEL);
    }

    /// docs.snowflake.com/en/sql-reference/functions/system_pipe_status
    @Test
    void aPipeThatMissesSomethingSaysWhatAndItsFilesWaitForIt() {
        warehouse.run("create or replace pipe orders_pipe auto_ingest = true as copy into orders from @lake/orders/"
                + " file_format = (format_name = pq) match_by_column_name = case_insensitive");
        warehouse.snowflake.start();
        warehouse.run("drop table orders");
        upload("orders/1.parquet", "SELECT 1 id");
        awaitStatus("pendingFileCount", "1");
        assertThat(status("executionState")).isEqualTo("STOPPED_MISSING_TABLE");
        assertThat(status("error")).contains("ORDERS");
        warehouse.run("create table orders (id number)");
        warehouse.await("select id from orders", "1");
        assertThat(status("executionState")).isEqualTo("RUNNING");
        assertThat(status("error")).isEqualTo("null");
        warehouse.run("drop file format pq");
        assertThat(status("executionState")).isEqualTo("STOPPED_FILE_FORMAT_DROPPED");
        warehouse.run("drop stage lake");
        assertThat(status("executionState")).isEqualTo("STOPPED_STAGE_DROPPED");
        assertThatThrownBy(() -> warehouse.run("alter pipe orders_pipe refresh"))
                .hasMessageContaining("Stage 'D.PUBLIC.LAKE' does not exist");
    }

    @Test
    void anOutageOfStorageIsWaitedOutAndShown() {
        warehouse.s3.failWith("slow down");
        warehouse.snowflake.start();
        put("orders/1.parquet", "SELECT 1 id");
        event("orders/1.parquet", 10, "e");
        awaitStatus("pendingFileCount", "1");
        warehouse.await("select system$pipe_status('orders_pipe') like '%slow down%'", "true");
        warehouse.s3.failWith(null);
        warehouse.await("select id from orders", "1");
        awaitStatus("pendingFileCount", "0");
    }

    @Test
    void aLoaderThatAnErrorEndsIsNoticed() {
        warehouse.s3.breakOnce(new OutOfMemoryError("made by a test"));
        warehouse.snowflake.start();
        put("orders/1.parquet", "SELECT 1 id");
        event("orders/1.parquet", 10, "e");
        awaitFailure();
        assertThat(warehouse.failures)
                .singleElement()
                .satisfies(e -> assertThat(e)
                        .hasMessageContaining("A pipe loader ends")
                        .hasCauseInstanceOf(OutOfMemoryError.class));
        warehouse.failures.clear();
        warehouse.await("select id from orders", "1");
    }

    private void awaitFailure() {
        long end = System.nanoTime() + java.time.Duration.ofSeconds(60).toNanos();
        while (warehouse.failures.isEmpty() && System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aDroppedInstanceLosesAndDoublesNothing() throws Exception {
        for (int i = 0; i < 40; i++) {
            put("orders/" + i + ".parquet", "SELECT " + i + " id");
        }
        for (int round = 0; round < 4; round++) {
            warehouse.snowflake.start();
            for (int i = round * 10; i < round * 10 + 10; i++) {
                event("orders/" + i + ".parquet");
            }
            // Nothing is waited for: the instance ends wherever it is.
            warehouse.reopen();
            warehouse.run("use schema d.public");
            warehouse.sqs.giveAgain();
            assertThat(warehouse.rows("select count(*) - count(distinct id) from orders"))
                    .containsExactly("0");
            assertThat(warehouse.rows("select (select count(*) from orders) = (select count(*) from table("
                            + "information_schema.copy_history(table_name => 'orders',"
                            + " start_time => dateadd(hour, -1, current_timestamp()))))"))
                    .containsExactly("true");
        }
        warehouse.snowflake.start();
        warehouse.await("select count(*), count(distinct id) from orders", "40|40");
    }

    @Test
    void aReplacedPipeForgetsItsHistoryButTheTableDoesNot() {
        warehouse.snowflake.start();
        upload("orders/1.parquet", "SELECT 1 id");
        warehouse.await("select id from orders", "1");
        warehouse.run("create or replace pipe orders_pipe auto_ingest = true as copy into orders from @lake/orders/"
                + " match_by_column_name = case_insensitive");
        assertThat(warehouse.rows("alter pipe orders_pipe refresh")).isEmpty();
        put("orders/1.parquet", "SELECT 2 id");
        assertThat(warehouse.rows("alter pipe orders_pipe refresh")).hasSize(1);
        warehouse.await("select id from orders order by id", "1", "2");
    }

    @Test
    void whatASnowflakePipeDoesNotTakeIsRefused() {
        for (String sql : new String[] {
            "create pipe p as copy into orders from @lake match_by_column_name = case_insensitive force = true",
            "create pipe p as copy into orders from @lake match_by_column_name = case_insensitive files = ('a')",
            "create pipe p as copy into orders from @lake on_error = abort_statement",
        }) {
            assertThatThrownBy(() -> warehouse.run(sql))
                    .isInstanceOfSatisfying(
                            SnowflakeException.class, e -> assertThat(e.code()).isEqualTo("001008"));
        }
        assertThatThrownBy(() -> warehouse.run("select system$pipe_status('nope')"))
                .hasMessageContaining("Pipe 'D.PUBLIC.NOPE' does not exist");
    }
}
