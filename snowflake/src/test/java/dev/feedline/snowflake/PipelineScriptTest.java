package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that prepares a warehouse for the pipeline, run twice, and the balance it ends in.
class PipelineScriptTest {
    private static final String SCRIPT = """
            CREATE DATABASE IF NOT EXISTS FEEDLINE;
            CREATE SCHEMA IF NOT EXISTS FEEDLINE.RAW;
            CREATE SCHEMA IF NOT EXISTS FEEDLINE.OPS;
            CREATE FILE FORMAT IF NOT EXISTS FEEDLINE.RAW.LAKE_PARQUET TYPE = PARQUET USE_LOGICAL_TYPE = TRUE;
            CREATE FILE FORMAT IF NOT EXISTS FEEDLINE.OPS.JSON_LINES TYPE = JSON;
            CREATE STAGE IF NOT EXISTS FEEDLINE.RAW.LAKE URL = 's3://feedline-lake/data/';
            CREATE STAGE IF NOT EXISTS FEEDLINE.OPS.LANDING URL = 's3://feedline-landing/ops/';
            CREATE TABLE IF NOT EXISTS FEEDLINE.OPS.RECEIPTS (FEED VARCHAR, KEY VARCHAR, FILE_ID VARCHAR,
              RECEIVED NUMBER(38,0), STATE VARCHAR, RECEIVED_AT TIMESTAMP_LTZ);
            CREATE TABLE IF NOT EXISTS FEEDLINE.OPS.QUARANTINE (FILE_ID VARCHAR, ROW_NUMBER NUMBER(38,0), CODE VARCHAR,
              RAW VARCHAR);
            CREATE PIPE IF NOT EXISTS FEEDLINE.OPS.RECEIPTS_PIPE AUTO_INGEST = TRUE AS COPY INTO FEEDLINE.OPS.RECEIPTS
              FROM @FEEDLINE.OPS.LANDING/receipts/ FILE_FORMAT = (FORMAT_NAME = 'FEEDLINE.OPS.JSON_LINES')
              MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;
            CREATE PIPE IF NOT EXISTS FEEDLINE.OPS.QUARANTINE_PIPE AUTO_INGEST = TRUE AS
              COPY INTO FEEDLINE.OPS.QUARANTINE FROM @FEEDLINE.OPS.LANDING/quarantine/
              FILE_FORMAT = (FORMAT_NAME = 'FEEDLINE.OPS.JSON_LINES') MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE;
            CREATE TABLE IF NOT EXISTS FEEDLINE.RAW.ORDERS (_FILE_ID VARCHAR NOT NULL, _ROW NUMBER(38,0) NOT NULL,
              _LOADED_AT TIMESTAMP_LTZ, _RESCUED VARCHAR) ENABLE_SCHEMA_EVOLUTION = TRUE;
            CREATE PIPE IF NOT EXISTS FEEDLINE.RAW.ORDERS_PIPE AUTO_INGEST = TRUE AS COPY INTO FEEDLINE.RAW.ORDERS
              FROM @FEEDLINE.RAW.LAKE/orders/ FILE_FORMAT = (FORMAT_NAME = 'FEEDLINE.RAW.LAKE_PARQUET')
              MATCH_BY_COLUMN_NAME = CASE_SENSITIVE INCLUDE_METADATA = (_LOADED_AT = METADATA$START_SCAN_TIME);
            CREATE OR REPLACE VIEW FEEDLINE.OPS.BALANCE AS
              WITH receipt AS (
                SELECT FILE_ID, MIN(FEED) AS FEED, MIN(KEY) AS KEY, MAX(RECEIVED) AS RECEIVED, MIN(STATE) AS STATE,
                  MIN(RECEIVED_AT) AS RECEIVED_AT
                FROM FEEDLINE.OPS.RECEIPTS GROUP BY FILE_ID),
              loaded_row AS (SELECT _FILE_ID AS FILE_ID, _ROW AS R FROM FEEDLINE.RAW.ORDERS),
              loaded AS (SELECT FILE_ID, COUNT(*) AS N, COUNT(DISTINCT R) AS D, MAX(R) AS MAX_ROW
                FROM loaded_row GROUP BY FILE_ID),
              bad_row AS (SELECT DISTINCT FILE_ID, ROW_NUMBER AS R FROM FEEDLINE.OPS.QUARANTINE),
              bad AS (SELECT FILE_ID, COUNT(*) AS Q, MAX(R) AS MAX_ROW FROM bad_row GROUP BY FILE_ID)
              SELECT r.FEED, r.KEY, r.FILE_ID, r.RECEIVED, COALESCE(l.N, 0) AS LOADED, COALESCE(b.Q, 0) AS QUARANTINED,
                CASE
                  WHEN r.STATE IN ('HELD', 'SKIPPED', 'FAILED') THEN r.STATE
                  WHEN COALESCE(l.N, 0) = COALESCE(l.D, 0) AND COALESCE(l.N, 0) + COALESCE(b.Q, 0) = r.RECEIVED
                    AND GREATEST(COALESCE(l.MAX_ROW, 0), COALESCE(b.MAX_ROW, 0)) <= r.RECEIVED THEN 'BALANCED'
                  WHEN r.RECEIVED_AT < CURRENT_TIMESTAMP() - INTERVAL '15 MINUTES' THEN 'UNBALANCED'
                  ELSE 'IN_FLIGHT' END AS STATE
              FROM receipt r LEFT JOIN loaded l ON l.FILE_ID = r.FILE_ID LEFT JOIN bad b ON b.FILE_ID = r.FILE_ID;
            """;

    private TestWarehouse warehouse;

    @BeforeEach
    void open(@TempDir Path folder) {
        warehouse = new TestWarehouse(folder);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void theScriptRunsTwiceAndEveryFileBalances() {
        assertThat(warehouse.session.executeScript(SCRIPT)).isEqualTo(14);
        warehouse.session.executeScript(SCRIPT);
        warehouse.snowflake.start();
        put("feedline-landing", "ops/receipts/1.json", """
                {"feed":"orders","key":"orders/a.jsonl","file_id":"f1","received":4,"state":"RECEIVED",\
                "received_at":"2026-11-23T07:00:00Z"}
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String balance = "select file_id, received, loaded, quarantined, state from feedline.ops.balance";
        warehouse.await(balance, "f1|4|0|0|UNBALANCED");
        put("feedline-lake", "data/orders/f1-0.parquet", ParquetFiles.of("""
                SELECT 'f1' _FILE_ID, i::BIGINT _ROW, 1.10::DECIMAL(38,2) "AMOUNT", 'k' || i "kebab-key",
                  {'city': 'x', 'none': NULL::VARCHAR} "ADDRESS", NULL::VARCHAR _RESCUED FROM range(1, 4) r(i)"""));
        put("feedline-landing", "ops/quarantine/f1-0.json", """
                {"file_id":"f1","row_number":4,"code":"NOT-JSON","raw":"{"}
                {"file_id":"f1","row_number":4,"code":"NOT-JSON","raw":"{"}
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        warehouse.await(balance, "f1|4|3|1|BALANCED");
        assertThat(warehouse.rows("select \"kebab-key\", amount, address:city::string, address from feedline.raw.orders"
                        + " where _row = 2 and _loaded_at is not null"))
                .containsExactly("k2|1.10|x|{\"city\":\"x\"}");
    }

    private void put(String bucket, String key, byte[] bytes) {
        warehouse.s3.put(bucket, key, bytes);
        var stored = warehouse.s3.get(bucket, key);
        warehouse.sqs.objectCreated(bucket, key, stored.bytes().length, stored.etag());
    }
}
