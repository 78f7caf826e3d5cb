package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of a warehouse with two pipes over one bucket, and what they do with it.
abstract class TwoPipes {
    static final String CHANNEL = "arn:aws:sqs:us-east-1:000000000000:sf-snowpipe-feedline";

    TestWarehouse warehouse;

    @BeforeEach
    void open(@TempDir Path folder) {
        warehouse = new TestWarehouse(folder);
        warehouse.session.executeScript("""
                create database d;
                create file format pq type = parquet use_logical_type = true;
                create stage lake url = 's3://lake/data/' file_format = pq;
                create table orders (id number, _loaded_at timestamp_ltz);
                create table orders_eu (id number);
                create pipe orders_pipe auto_ingest = true as copy into orders from @lake/orders/
                  match_by_column_name = case_insensitive
                  include_metadata = (_loaded_at = metadata$start_scan_time) on_error = skip_file;
                create pipe orders_eu_pipe auto_ingest = true as copy into orders_eu from @lake/orders_eu/
                  match_by_column_name = case_insensitive;
                """);
    }

    @AfterEach
    void close() {
        warehouse.close();
        assertThat(warehouse.failures).isEmpty();
    }

    final String status(String key) {
        return status("orders_pipe", key);
    }

    final String status(String pipe, String key) {
        return warehouse
                .rows("select parse_json(system$pipe_status('d.public." + pipe + "')):" + key + "::string")
                .getFirst();
    }

    final void awaitStatus(String key, String value) {
        warehouse.await("select parse_json(system$pipe_status('d.public.orders_pipe')):" + key + "::string", value);
    }

    final void awaitNoMessages() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (warehouse.sqs.left() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(warehouse.sqs.left()).isZero();
    }

    final void upload(String name, String select) {
        put(name, select);
        event(name);
    }

    final void put(String name, String select) {
        warehouse.s3.put("lake", "data/" + name, ParquetFiles.of(select));
    }

    final void event(String name) {
        var stored = warehouse.s3.get("lake", "data/" + name);
        event(name, stored.bytes().length, stored.etag());
    }

    final void event(String name, long size, String etag) {
        warehouse.sqs.objectCreated("lake", "data/" + name, size, etag);
    }
}
