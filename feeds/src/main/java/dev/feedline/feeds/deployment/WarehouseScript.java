package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The SQL that prepares the warehouse; statements that Snowflake takes too, and that may run again.
///
/// Pipes are created `IF NOT EXISTS` and never replaced: replacing one forgets its load history.
final class WarehouseScript {
    private WarehouseScript() {}

    /// Everything but the balance, whose view needs the tables of all feeds.
    static List<String> of(String feed) {
        String table = Names.table(feed);
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + table
                        + " (_FILE_ID VARCHAR NOT NULL, _ROW NUMBER(38,0) NOT NULL, _LOADED_AT TIMESTAMP_LTZ, _RESCUED VARCHAR)"
                        + " ENABLE_SCHEMA_EVOLUTION = TRUE",
                "CREATE PIPE IF NOT EXISTS " + Names.pipe(feed) + " AUTO_INGEST = TRUE AS "
                        + loaded(feed).copyInto(table));
    }

    /// How a table is loaded: from where, and with which options.
    ///
    /// @param place the stage and the path on it
    /// @param options those of its COPY
    record Loaded(String table, String place, String options) {
        /// The COPY into that table, or into another in its place.
        String copyInto(String target) {
            return "COPY INTO " + target + " FROM " + place + " " + options;
        }
    }

    static Loaded loaded(String feed) {
        return new Loaded(
                Names.table(feed),
                "@FEEDLINE.RAW.LAKE/" + feed + "/",
                "FILE_FORMAT = (FORMAT_NAME = 'FEEDLINE.RAW.LAKE_PARQUET')"
                        + " MATCH_BY_COLUMN_NAME = CASE_SENSITIVE"
                        + " INCLUDE_METADATA = (_LOADED_AT = METADATA$START_SCAN_TIME)");
    }

    static Loaded receipts() {
        return ops("RECEIPTS");
    }

    static Loaded quarantine() {
        return ops("QUARANTINE");
    }

    private static Loaded ops(String name) {
        return new Loaded(
                "FEEDLINE.OPS." + name,
                "@FEEDLINE.OPS.LANDING/" + name.toLowerCase(Locale.ROOT) + "/",
                "FILE_FORMAT = (FORMAT_NAME = 'FEEDLINE.OPS.JSON_LINES') MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE");
    }

    /// What the stage LAKE shows.
    static String lake(Buckets buckets) {
        return "s3://" + buckets.lake() + "/data/";
    }

    /// What the stage LANDING shows.
    static String landing(Buckets buckets) {
        return "s3://" + buckets.landing() + "/ops/";
    }

    /// @param integration the storage integration that stages over S3 need in an account; none where Feedline is the
    ///     account
    static List<String> foundation(Buckets buckets, Optional<String> integration) {
        String through =
                integration.map(name -> " STORAGE_INTEGRATION = " + name).orElse("");
        List<String> script = new ArrayList<>(List.of(
                "CREATE DATABASE IF NOT EXISTS FEEDLINE",
                "CREATE SCHEMA IF NOT EXISTS FEEDLINE.RAW",
                "CREATE SCHEMA IF NOT EXISTS FEEDLINE.OPS",
                "CREATE FILE FORMAT IF NOT EXISTS FEEDLINE.RAW.LAKE_PARQUET TYPE = PARQUET USE_LOGICAL_TYPE = TRUE",
                "CREATE FILE FORMAT IF NOT EXISTS FEEDLINE.OPS.JSON_LINES TYPE = JSON",
                "CREATE STAGE IF NOT EXISTS FEEDLINE.RAW.LAKE URL = '" + lake(buckets) + "'" + through,
                "CREATE STAGE IF NOT EXISTS FEEDLINE.OPS.LANDING URL = '" + landing(buckets) + "'" + through,
                "CREATE TABLE IF NOT EXISTS FEEDLINE.OPS.RECEIPTS (FEED VARCHAR, BUCKET VARCHAR, KEY VARCHAR, VERSION VARCHAR,"
                        + " FILE_ID VARCHAR, RECEIVED NUMBER(38,0), GOOD NUMBER(38,0), BAD NUMBER(38,0),"
                        + " CHUNKS NUMBER(38,0), STATE VARCHAR, REASON VARCHAR, RECEIVED_AT TIMESTAMP_LTZ)",
                "CREATE TABLE IF NOT EXISTS FEEDLINE.OPS.QUARANTINE (FEED VARCHAR, FILE_ID VARCHAR, CHUNK NUMBER(38,0),"
                        + " ROW_NUMBER NUMBER(38,0), CODE VARCHAR, LINE NUMBER(38,0), BYTE_OFFSET NUMBER(38,0),"
                        + " COLUMN_NAME VARCHAR, POINTER VARCHAR, DETAIL VARCHAR, RAW VARCHAR, RAW_BASE64 VARCHAR)"));
        for (Loaded ops : List.of(receipts(), quarantine())) {
            script.add("CREATE PIPE IF NOT EXISTS " + ops.table() + "_PIPE AUTO_INGEST = TRUE AS "
                    + ops.copyInto(ops.table()));
        }
        return script;
    }
}
