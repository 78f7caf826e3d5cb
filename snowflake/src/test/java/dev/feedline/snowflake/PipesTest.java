package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Snowpipe: events in any order and number, each file once, through crashes and outages.
class PipesTest extends TwoPipes {
    @Test
    void aNewObjectIsLoadedIntoTheTableOfItsPipeOnly() {
        warehouse.snowflake.start();
        upload("orders/2026/a b+c.parquet", "SELECT i id FROM range(3) r(i)");
        upload("orders_eu/a.parquet", "SELECT 7 id");
        upload("elsewhere/a.parquet", "SELECT 9 id");
        warehouse.await("select count(*), count(_loaded_at) from orders", "3|3");
        warehouse.await("select id from orders_eu", "7");
        assertThat(warehouse.column("show pipes", "notification_channel")).containsExactly(CHANNEL, CHANNEL);
        assertThat(warehouse.rows("select file_name, stage_location, row_count, status, pipe_name, error_count from"
                        + " table(information_schema.copy_history(table_name => 'orders',"
                        + " start_time => dateadd(hour, -1, current_timestamp())))"))
                .containsExactly("orders/2026/a b+c.parquet|s3://lake/data/|3|Loaded|ORDERS_PIPE|0");
        awaitNoMessages();
    }

    @Test
    void eventsDoubledAndOutOfOrderLoadEachFileOnce() {
        for (int i = 19; i >= 0; i--) {
            put("orders/" + i + ".parquet", "SELECT " + i + " id");
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                event("orders/" + (i * 7 + round) % 20 + ".parquet");
            }
        }
        warehouse.snowflake.start();
        warehouse.await("select count(*), count(distinct id) from orders", "20|20");
        for (int i = 0; i < 20; i++) {
            event("orders/" + i + ".parquet");
        }
        awaitNoMessages();
        awaitStatus("pendingFileCount", "0");
        assertThat(warehouse.rows("select count(*), count(distinct id) from orders"))
                .containsExactly("20|20");
    }

    @Test
    void theQueueIsThereOnceAPipeIs() {
        assertThat(warehouse.sqs.queues()).contains("sf-snowpipe-feedline");
    }

    @Test
    void anObjectWrittenTwiceWhileItWaitedIsLoadedOnce() {
        put("orders/1.parquet", "SELECT 1 id");
        event("orders/1.parquet");
        put("orders/1.parquet", "SELECT 2 id");
        event("orders/1.parquet");
        warehouse.snowflake.start();
        warehouse.await("select id from orders", "2");
        awaitStatus("pendingFileCount", "0");
        assertThat(warehouse.rows("select id from orders")).containsExactly("2");
    }

    @Test
    void aFileThatASessionsOpenTransactionLoadsIsNotLoadedByThePipeToo() {
        put("orders/1.parquet", "SELECT 1 id");
        warehouse.run("begin");
        warehouse.run("copy into orders from @lake/orders/ match_by_column_name = case_insensitive");
        event("orders/1.parquet");
        warehouse.snowflake.start();
        awaitNoMessages();
        warehouse.run("commit");
        awaitStatus("pendingFileCount", "0");
        assertThat(warehouse.rows("select id from orders")).containsExactly("1");
    }

    @Test
    void whatIsNoObjectEventIsDeleted() {
        warehouse.snowflake.start();
        warehouse.sqs.send("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"lake\"}");
        warehouse.sqs.send("no JSON at all");
        warehouse.sqs.send(
                "{\"Records\":[{\"eventName\":\"ObjectRemoved:Delete\",\"s3\":{\"bucket\":{\"name\":\"lake\"},"
                        + "\"object\":{\"key\":\"data/orders/x\"}}}]}");
        awaitNoMessages();
        assertThat(warehouse.rows("select count(*) from orders")).containsExactly("0");
    }

    @Test
    void aBadFileIsRecordedAndTheGoodOnesBesideItAreLoaded() {
        put("orders/1.parquet", "SELECT 1 id");
        put("orders/2.parquet", "SELECT 1.5::DOUBLE id");
        warehouse.s3.put("lake", "data/orders/3.parquet", "no parquet");
        warehouse.s3.put("lake", "data/orders/4.parquet", "");
        put("orders/5.parquet", "SELECT 5 id");
        event("orders/gone.parquet", 10, "abc");
        for (int i = 1; i <= 5; i++) {
            event("orders/" + i + ".parquet");
        }
        warehouse.snowflake.start();
        String history = "select file_name, status, row_count, error_count from table(information_schema.copy_history("
                + "table_name => 'orders', start_time => dateadd(hour, -1, current_timestamp()))) order by file_name";
        warehouse.await(
                history,
                "orders/1.parquet|Loaded|1|0",
                "orders/2.parquet|Load failed|0|1",
                "orders/3.parquet|Load failed|0|1",
                "orders/4.parquet|Load failed|0|1",
                "orders/5.parquet|Loaded|1|0",
                "orders/gone.parquet|Load failed|0|1");
        assertThat(warehouse.rows("select id from orders order by id")).containsExactly("1", "5");
        awaitNoMessages();
        // A failed file is not tried again by a doubled event, but is with other content.
        event("orders/2.parquet");
        put("orders/2.parquet", "SELECT 2 id");
        event("orders/2.parquet");
        warehouse.await("select id from orders order by id", "1", "2", "5");
        assertThat(warehouse.rows(history)).hasSize(7);
    }

    @Test
    void aLoadedFileIsNotLoadedAgainUnderItsNameEvenWithOtherContent() {
        warehouse.snowflake.start();
        upload("orders/1.parquet", "SELECT 1 id");
        warehouse.await("select id from orders", "1");
        upload("orders/1.parquet", "SELECT 2 id");
        awaitNoMessages();
        awaitStatus("pendingFileCount", "0");
        assertThat(warehouse.rows("select id from orders")).containsExactly("1");
        assertThat(warehouse.rows("alter pipe orders_pipe refresh")).isEmpty();
    }

    @Test
    void refreshQueuesWhatNoHistoryKnows() {
        warehouse.snowflake.start();
        upload("orders/1.parquet", "SELECT 1 id");
        warehouse.await("select id from orders", "1");
        for (int i = 2; i < 9; i++) {
            put("orders/x/" + i + ".parquet", "SELECT " + i + " id");
        }
        put("orders/y/9.parquet", "SELECT 9 id");
        assertThat(warehouse.rows("alter pipe orders_pipe refresh prefix = 'y/'"))
                .containsExactly("orders/y/9.parquet|SENT");
        warehouse.await("select sum(id) from orders", "10");
        assertThat(warehouse.names("alter pipe orders_pipe refresh")).containsExactly("File", "Status");
        warehouse.await("select count(*), sum(id) from orders", "9|45");
        assertThat(warehouse.rows("alter pipe orders_pipe refresh")).isEmpty();
    }

    /// docs.snowflake.com/en/sql-reference/sql/alter-pipe
    @Test
    void refreshTakesUpWhatWasStagedAfterAMoment() {
        put("orders/1.parquet", "SELECT 1 id");
        String later = java.time.Instant.now().plusSeconds(3600).toString();
        String earlier = java.time.Instant.now().minusSeconds(3600).toString();
        assertThat(warehouse.rows("alter pipe orders_pipe refresh modified_after = '" + later + "'"))
                .isEmpty();
        assertThat(warehouse.rows("alter pipe orders_pipe refresh prefix = 'x/' modified_after = '" + earlier + "'"))
                .isEmpty();
        assertThat(warehouse.rows("alter pipe orders_pipe refresh modified_after = '" + earlier + "'"))
                .containsExactly("orders/1.parquet|SENT");
        assertThatThrownBy(() -> warehouse.run("alter pipe orders_pipe refresh modified_after = '2020-01-01'"))
                .hasMessageContaining("seven days ago at most");
        assertThatThrownBy(() -> warehouse.run("alter pipe orders_pipe refresh modified_after = 'yesterday'"))
                .isInstanceOf(SnowflakeException.class)
                .hasMessageContaining("ISO 8601");
    }

    @Test
    void theRowsOfOtherTablesAreLoadedMeanwhile() {
        warehouse.s3.put("lake", "data/orders/1.parquet", ParquetFiles.of("SELECT i id FROM range(3) r(i)"));
        Session other = warehouse.snowflake.openSession();
        other.executeScript("use schema d.public; begin;");
        other.execute("copy into orders from @lake/orders/ match_by_column_name = case_insensitive", List.of());
        // The open transaction holds ORDERS; its pipe waits.
        put("orders/2.parquet", "SELECT 9 id");
        event("orders/2.parquet");
        warehouse.snowflake.start();
        awaitStatus("pendingFileCount", "1");
        upload("orders_eu/1.parquet", "SELECT 7 id");
        warehouse.await("select id from orders_eu", "7");
        assertThat(status("pendingFileCount")).isEqualTo("1");
        other.execute("commit", List.of());
        warehouse.await("select count(*) from orders", "4");
    }

    /// A gigabyte in four values: more than DuckDB may hold.
    @Test
    void aFileThatNeedsTooMuchMemoryFailsAndHoldsUpNothing() {
        warehouse.run("create table texts (id number, s varchar)");
        warehouse.run("create pipe texts_pipe auto_ingest = true as copy into texts from @lake/texts/"
                + " match_by_column_name = case_insensitive");
        put("texts/1.parquet", "SELECT i id, repeat('x', 250000000) s FROM range(4) r(i)");
        put("texts/2.parquet", "SELECT 7 id, 'y' s");
        event("texts/1.parquet");
        event("texts/2.parquet");
        warehouse.snowflake.start();
        warehouse.await("select id from texts", "7");
        warehouse.await(
                "select file_name, status, left(first_error_message, 72) from table(information_schema.copy_history("
                        + "table_name => 'TEXTS', start_time => dateadd(hour, -1, current_timestamp())))"
                        + " order by file_name",
                "texts/1.parquet|Load failed|The file needs more memory than the warehouse has (512MB), tried 3 times",
                "texts/2.parquet|Loaded|null");
        warehouse.await("select parse_json(system$pipe_status('texts_pipe')):pendingFileCount::string", "0");
    }

    /// What waits together is one transaction: a second session never sees a part of it.
    @Test
    void filesThatWaitTogetherAreSeenTogether() {
        for (int i = 0; i < 20; i++) {
            put("orders/" + i + ".parquet", "SELECT " + i + " id");
            event("orders/" + i + ".parquet");
        }
        warehouse.run("alter pipe orders_pipe set pipe_execution_paused = true");
        warehouse.snowflake.start();
        awaitStatus("pendingFileCount", "20");
        warehouse.run("alter pipe orders_pipe set pipe_execution_paused = false");
        String rows = "0";
        while (rows.equals("0")) {
            rows = warehouse.status("select count(*) from orders");
        }
        assertThat(rows).isEqualTo("20");
    }

    /// Each bad file with its error: docs.snowflake.com/en/user-guide/data-load-snowpipe-errors
    @Test
    void everyKindOfBadFileHasItsErrorInTheHistory() {
        warehouse.s3.put("lake", "data/orders/a.parquet", "this is no Parquet file");
        warehouse.s3.put("lake", "data/orders/b.parquet", "");
        put("orders/c.parquet", "SELECT true id");
        byte[] cut = ParquetFiles.of("SELECT i id FROM range(10000) r(i)");
        warehouse.s3.put("lake", "data/orders/d.parquet", java.util.Arrays.copyOf(cut, cut.length / 2));
        for (String name : new String[] {"a", "b", "c", "d"}) {
            event("orders/" + name + ".parquet");
        }
        event("orders/e.parquet", 10, "gone");
        warehouse.snowflake.start();
        String magic = "Error parsing the parquet file: Invalid: Parquet magic bytes";
        warehouse.await(
                "select file_name, status, left(first_error_message, 60) from table(information_schema.copy_history("
                        + "table_name => 'ORDERS', start_time => dateadd(hour, -1, current_timestamp())))"
                        + " order by file_name",
                "orders/a.parquet|Load failed|" + magic,
                "orders/b.parquet|Load failed|Error parsing the parquet file: Invalid: Parquet file size i",
                "orders/c.parquet|Load failed|Failed to cast variant value true to FIXED",
                "orders/d.parquet|Load failed|" + magic,
                "orders/e.parquet|Load failed|Remote file 's3://lake/data/orders/e.parquet' was not found.");
    }

    @Test
    void aVirtualThreadStartsWhileTwoLoadsRun() throws Exception {
        byte[] large = ParquetFiles.of("SELECT i id, md5(i::VARCHAR) s FROM range(600000) r(i)");
        warehouse.run("alter table orders set enable_schema_evolution = true");
        warehouse.run("alter table orders_eu set enable_schema_evolution = true");
        warehouse.s3.put("lake", "data/orders/1.parquet", large);
        warehouse.s3.put("lake", "data/orders_eu/1.parquet", large);
        event("orders/1.parquet");
        event("orders_eu/1.parquet");
        warehouse.snowflake.start();
        int started = 0;
        while (!warehouse
                .rows("select (select count(*) from orders) + (select count(*) from orders_eu)")
                .equals(List.of("1200000"))) {
            CountDownLatch ran = new CountDownLatch(1);
            Thread.startVirtualThread(ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            started++;
        }
        assertThat(started).isPositive();
    }
}
