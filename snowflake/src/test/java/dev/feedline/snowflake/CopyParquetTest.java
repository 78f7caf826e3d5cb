package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// COPY INTO from Parquet: exact values, column matching, evolution, history, bad files.
class CopyParquetTest extends SharedWarehouse {
    private static final String COPY = "copy into t from @lake match_by_column_name = case_insensitive";

    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
        warehouse.run("create file format pq type = parquet use_logical_type = true");
        warehouse.run("create stage lake url = 's3://lake/data/' file_format = pq");
    }

    @AfterEach
    void nothingHasFailed() {
        assertThat(warehouse.failures).isEmpty();
    }

    @Test
    void valuesArriveExactly() {
        warehouse.run("create table t (id number, amount number(38,18), price number(12,2), f float, b boolean,"
                + " s varchar, d date, t time, ntz timestamp_ntz, tz timestamp_ltz)");
        put("a.parquet", """
                SELECT 9007199254740993::BIGINT id, 12345678901234567.123456789012345678::DECIMAL(38,18) amount,
                  1.10::DECIMAL(10,2) price, 0.1::DOUBLE f, true b, 'x''y' s, DATE '2020-02-29' d, TIME '10:11:12.5' t,
                  TIMESTAMP '2020-01-01 00:00:00.123456' ntz, TIMESTAMPTZ '2020-01-01 01:00:00+01' tz""");
        assertThat(warehouse.rows(COPY)).containsExactly("s3://lake/data/a.parquet|LOADED|1|1|1|0|null|null|null|null");
        assertThat(warehouse.rows("select * from t"))
                .containsExactly("9007199254740993|12345678901234567.123456789012345678|1.10|0.1|true|x'y|2020-02-29|"
                        + "10:11:12.500|2020-01-01T00:00:00.123456|2020-01-01T00:00:00Z");
    }

    @Test
    void theResultHasSnowflakesColumns() {
        warehouse.run("create table t (id number)");
        put("a.parquet", "SELECT 1 id");
        assertThat(warehouse.names(COPY))
                .containsExactly(
                        "file",
                        "status",
                        "rows_parsed",
                        "rows_loaded",
                        "error_limit",
                        "errors_seen",
                        "first_error",
                        "first_error_line",
                        "first_error_character",
                        "first_error_column_name");
        assertThat(warehouse.rows(COPY)).containsExactly("Copy executed with 0 files processed.");
        assertThat(warehouse.run(COPY + " force = true").updateCount()).hasValue(1);
    }

    /// Types that DuckDB's to_json writes exactly take another way than those above; what is null takes that one still.
    @Test
    void nestedTextAndWholeNumbersAreTheSameWithAndWithoutNulls() {
        warehouse.run("create table t (id number, v variant, a array, s variant, n variant)");
        put("a.parquet", """
                SELECT 1 id, {'k"é': 'a "null" \\ /', 'n': 9007199254740993, 'b': true, 'gone': NULL::VARCHAR,
                    'at': TIMESTAMP '2020-01-02 03:04:05.12', 'd': DATE '2020-01-02'} v, ['x', NULL] a, 'null' s, 7 n
                UNION ALL SELECT 2, {'k"é': 'tab' || chr(9), 'n': -1, 'b': false, 'gone': 'here',
                    'at': TIMESTAMP '1969-01-01', 'd': DATE '1969-01-01'}, ['y'], 'say "hi"', NULL
                UNION ALL SELECT 3, NULL, NULL, NULL, NULL""");
        warehouse.run(COPY);
        assertThat(warehouse.rows("select * from t order by id"))
                .containsExactly(
                        "1|{\"k\\\"é\":\"a \\\"null\\\" \\\\ /\",\"n\":9007199254740993,\"b\":true,"
                                + "\"at\":\"2020-01-02 03:04:05.12\",\"d\":\"2020-01-02\"}|[\"x\",null]|\"null\"|7",
                        "2|{\"k\\\"é\":\"tab\\t\",\"n\":-1,\"b\":false,\"gone\":\"here\","
                                + "\"at\":\"1969-01-01 00:00:00\",\"d\":\"1969-01-01\"}|[\"y\"]|\"say \\\"hi\\\"\"|null",
                        "3|null|null|null|null");
        warehouse.run("create table w (v variant)");
        put("b.parquet", "SELECT 1 a, 'x' b, NULL::INT c UNION ALL SELECT 2, 'y', 3");
        warehouse.run("copy into w from @lake pattern = 'b.*'");
        assertThat(warehouse.rows("select * from w order by v"))
                .containsExactly("{\"a\":1,\"b\":\"x\"}", "{\"a\":2,\"b\":\"y\",\"c\":3}");
    }

    @Test
    void nestedValuesBecomeVariantsWithEveryDigit() {
        warehouse.run("create table t (v variant, o object, a array, s varchar)");
        put("a.parquet", """
                SELECT {'n': 1.10::DECIMAL(10,2), 'big': 12345678901234567.123456789012345678::DECIMAL(38,18), 'gone': NULL::INT,
                    'l': [{'k"1': 9007199254740993}, NULL], 'e': []::INT[], 'd': DATE '2020-01-01', 'q': 'say "hi"',
                    'x': 0.5::DOUBLE} v,
                  MAP {'a b': 1, 'c': NULL} o, [1.50::DECIMAL(3,2), NULL] a, {'z': true} s
                UNION ALL SELECT NULL, NULL, NULL, NULL""");
        warehouse.run(COPY);
        assertThat(warehouse.rows("select * from t order by v"))
                .containsExactly(
                        "{\"n\":1.10,\"big\":12345678901234567.123456789012345678,\"l\":[{\"k\\\"1\":9007199254740993},null],"
                                + "\"e\":[],\"d\":\"2020-01-01\",\"q\":\"say \\\"hi\\\"\",\"x\":0.5}"
                                + "|{\"a b\":1,\"c\":null}|[1.50,null]|{\"z\":true}",
                        "null|null|null|null");
        assertThat(warehouse.rows("select v:l[0].\"k\"\"1\"::number, v:big::number(38,18) from t where v is not null"))
                .containsExactly("9007199254740993|12345678901234567.123456789012345678");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.5::DOUBLE | number | Failed to cast variant value 1.5 to FIXED",
                "1.5::DECIMAL(3,1) | number | Failed to cast variant value 1.5 to FIXED",
                "123456::BIGINT | number(5,0) | Failed to cast variant value 123456 to FIXED",
                "'1.55' | number(5,1) | Failed to cast variant value \"1.55\" to FIXED",
                "'x' | number | Failed to cast variant value \"x\" to FIXED",
                "9007199254740993::BIGINT | float | Failed to cast variant value 9007199254740993 to REAL",
                "TIMESTAMP_NS '2020-01-01 00:00:00.123456789' | timestamp_ntz | Failed to cast variant value",
                "TIMESTAMP '2020-01-01 00:00:01' | date | Failed to cast variant value",
                "'2020-01-01 00:00:00.1234567' | timestamp_ntz | Failed to cast variant value",
                "true | number | Failed to cast variant value true to FIXED",
                "[1] | object | Failed to cast variant value [1] to OBJECT",
                "'abc' | varchar(2) | length limit",
            })
    void whatWouldLoseSomethingIsAnErrorOfTheFile(String value, String type, String message) {
        warehouse.run("create table t (c " + type + ")");
        put("a.parquet", "SELECT NULL c WHERE false UNION ALL SELECT " + value + " c");
        assertThatThrownBy(() -> warehouse.run(COPY))
                .isInstanceOf(SnowflakeException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("s3://lake/data/a.parquet");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2.0::DOUBLE | number | 2",
                "2.0::DECIMAL(3,1) | number | 2",
                "12345::BIGINT | number(5,0) | 12345",
                "' 1.50 ' | number(5,1) | 1.5",
                "1::BIGINT | float | 1.0",
                "TIMESTAMP '2020-01-01 00:00:00' | date | 2020-01-01",
                "TIMESTAMP_NS '2020-01-01 00:00:00.123456000' | timestamp_ntz | 2020-01-01T00:00:00.123456",
                "1.10::DECIMAL(5,2) | varchar | 1.10",
                "'a' | variant | \"a\"",
                "'{\"a\":1}' | variant | \"{\\\"a\\\":1}\"",
            })
    void whatFitsIsCast(String value, String type, String expected) {
        warehouse.run("create table t (c " + type + ")");
        put("a.parquet", "SELECT " + value + " c");
        warehouse.run(COPY);
        assertThat(warehouse.rows("select c from t")).containsExactly(expected);
    }

    @Test
    void theFailureNamesRowAndColumn() {
        warehouse.run("create table t (id number, c number)");
        put(
                "a.parquet",
                "SELECT i id, CASE WHEN i = 1000 THEN 1.5 ELSE 1 END::DOUBLE c FROM range(5000) r(i) ORDER BY i");
        assertThat(warehouse.rows(COPY + " on_error = skip_file"))
                .containsExactly("s3://lake/data/a.parquet|LOAD_FAILED|5000|0|1|1|Failed to cast variant value 1.5 to"
                        + " FIXED|1001|null|\"T\"[\"C\":2]");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
    }

    /// Four rows: one of a type that does not cast, one without the value that must be there, one with a fraction, one
    /// good; then a text that is too long.
    @ParameterizedTest
    @CsvSource({
        "continue, PARTIALLY_LOADED|4|1|4|3",
        "skip_file, LOAD_FAILED|4|0|1|3",
        "skip_file_3, LOAD_FAILED|4|0|3|3",
        "skip_file_4, PARTIALLY_LOADED|4|1|4|3",
        "'''skip_file_74%''', LOAD_FAILED|4|0|3|3",
        "'''skip_file_75%''', PARTIALLY_LOADED|4|1|4|3",
    })
    void onErrorSaysWhatBecomesOfAFileWithBadRows(String onError, String result) {
        warehouse.run("create table t (id number not null, name varchar(3), c number)");
        put(
                "a.parquet",
                "SELECT * FROM (VALUES (1::DOUBLE, 'abc', true), (NULL, 'a', NULL), (3.5, 'b', NULL), (4, 'c', NULL))"
                        + " v(id, name, c)");
        put("b.parquet", "SELECT 1 id, 'abcd' name");
        assertThat(warehouse.rows(COPY + " files = ('a.parquet') on_error = " + onError))
                .containsExactly("s3://lake/data/a.parquet|" + result
                        + "|Failed to cast variant value true to FIXED|1|null|\"T\"[\"C\":3]");
        assertThat(warehouse.rows("select id from t")).hasSize(result.startsWith("P") ? 1 : 0);
        assertThat(warehouse.rows(COPY + " files = ('b.parquet') on_error = continue"))
                .containsExactly("s3://lake/data/b.parquet|LOAD_FAILED|1|0|1|1|User character length limit (3) exceeded"
                        + " by string 'abcd'|1|null|\"T\"[\"NAME\":2]");
    }

    @Test
    void columnsMatchByNameWithAndWithoutCase() {
        warehouse.run("create table t (id number default 7, name varchar, \"Mixed\" number)");
        put("a.parquet", "SELECT 'n' \"Name\", 1 \"MIXED\", 5 extra");
        warehouse.run(COPY);
        assertThat(warehouse.rows("select * from t")).containsExactly("null|n|1");
        warehouse.run("create or replace table t (id number, name varchar, \"Mixed\" number)");
        put("b.parquet", "SELECT 2 \"ID\", 'n' \"Name\", 3 \"Mixed\"");
        warehouse.run("copy into t from @lake/b match_by_column_name = case_sensitive");
        assertThat(warehouse.rows("select * from t")).containsExactly("2|null|3");
    }

    @Test
    void twoColumnsOfAFileThatMeanTheSameAreRefused() {
        warehouse.run("create table t (id number)");
        // DuckDB cannot write two such columns, so this file comes from a struct whose names differ
        // only in case.
        put("a.parquet", "SELECT 1 id, 2 \"ID_1\"");
        warehouse.run(COPY);
        assertThat(warehouse.rows("select * from t")).containsExactly("1");
    }

    @Test
    void withoutMatchingTheWholeRowGoesIntoOneVariant() {
        warehouse.run("create table t (row_data variant)");
        put("a.parquet", "SELECT 1 id, 2.50::DECIMAL(5,2) amount, NULL::INT gone");
        warehouse.run("copy into t from @lake");
        assertThat(warehouse.rows("select * from t")).containsExactly("{\"id\":1,\"amount\":2.50}");
        warehouse.run("create or replace table t (a number, b number)");
        refused("copy into t from @lake", "002019", "0A000", "one and only one column of type variant");
    }

    @Test
    void metadataColumnsAreFilled() {
        warehouse.run("create table t (id number, _loaded_at timestamp_ltz, f varchar, r number, k varchar,"
                + " m timestamp_ntz)");
        put("x/a.parquet", "SELECT i id FROM range(3) r(i)");
        warehouse.run("copy into t from @lake/x/ match_by_column_name = case_insensitive include_metadata ="
                + " (_loaded_at = metadata$start_scan_time, f = metadata$filename, r = metadata$file_row_number,"
                + " k = metadata$file_content_key, m = metadata$file_last_modified)");
        assertThat(warehouse.rows("select id, f, r from t order by id"))
                .containsExactly("0|data/x/a.parquet|1", "1|data/x/a.parquet|2", "2|data/x/a.parquet|3");
        assertThat(warehouse.rows("select count(distinct _loaded_at), count_if(_loaded_at <= current_timestamp()),"
                        + " count(k), count(m) from t"))
                .containsExactly("1|3|3|3");
        refused(COPY + " include_metadata = (nope = metadata$filename)", "000904", "42000", "'NOPE'");
        refused("copy into t from @lake include_metadata = (f = metadata$filename)", "001008", "22023", "needs MATCH");
    }

    @Test
    void theTableFollowsTheFileWhenEvolutionIsOn() {
        warehouse.run("create table t (id number not null, must varchar not null) enable_schema_evolution = true");
        put("a.parquet", """
                SELECT 1::BIGINT id, 1.10::DECIMAL(12,2) amount, {'a': 1} nested, [1] list, TIMESTAMPTZ '2020-01-01 00:00:00+00' \"at\",
                  'x' "odd name", 0.5::DOUBLE ratio""");
        warehouse.run(COPY);
        assertThat(warehouse.rows("select id, must, amount, nested, list, at, \"odd name\", ratio from t"))
                .containsExactly("1|null|1.10|{\"a\":1}|[1]|2020-01-01T00:00:00Z|x|0.5");
        assertThat(warehouse.rows("desc table t"))
                .extracting(row -> row.substring(0, row.indexOf("|COLUMN|"))
                        + row.substring(row.indexOf("|COLUMN|") + 7, row.indexOf("|COLUMN|") + 9))
                .containsExactly(
                        "ID|NUMBER(38,0)|N",
                        "MUST|VARCHAR(16777216)|Y",
                        "AMOUNT|NUMBER(12,2)|Y",
                        "NESTED|VARIANT|Y",
                        "LIST|VARIANT|Y",
                        "AT|TIMESTAMP_LTZ(9)|Y",
                        "odd name|VARCHAR(16777216)|Y",
                        "RATIO|FLOAT|Y");
    }

    @Test
    void aFailedFileLeavesNoColumnBehind() {
        warehouse.run("create table t (id number) enable_schema_evolution = true");
        put("a.parquet", "SELECT 1.5::DOUBLE id, 2 fresh");
        warehouse.run(COPY + " on_error = skip_file");
        assertThat(warehouse.column("desc table t", "name")).containsExactly("ID");
    }

    @Test
    void aFileIsLoadedOnceByNameAndContent() {
        warehouse.run("create table t (id number)");
        put("a.parquet", "SELECT 1 id");
        put("b.parquet", "SELECT 2 id");
        assertThat(warehouse.rows(COPY)).hasSize(2);
        put("b.parquet", "SELECT 3 id");
        put("c.parquet", "SELECT 4 id");
        assertThat(warehouse.column(COPY, "file"))
                .containsExactly("s3://lake/data/b.parquet", "s3://lake/data/c.parquet");
        warehouse.reopen();
        warehouse.run("use schema d.public");
        assertThat(warehouse.rows(COPY)).containsExactly("Copy executed with 0 files processed.");
        assertThat(warehouse.rows("select id from t order by id")).containsExactly("1", "2", "3", "4");
        warehouse.run("truncate table t");
        assertThat(warehouse.rows(COPY)).hasSize(3);
        warehouse.run("create or replace table t (id number)");
        assertThat(warehouse.rows(COPY)).hasSize(3);
    }

    /// docs.snowflake.com/en/user-guide/data-load-considerations-load: load metadata is kept for 64 days; what is older
    /// may have been loaded or not, and is skipped unless LOAD_UNCERTAIN_FILES or FORCE says otherwise.
    @Test
    void afterSixtyFourDaysALoadIsUncertain() {
        warehouse.run("create table t (id number)");
        put("a.parquet", "SELECT 1 id");
        warehouse.run(COPY);
        put("late.parquet", "SELECT 2 id");
        warehouse.ahead = java.time.Duration.ofDays(63);
        assertThat(warehouse.column(COPY + " pattern = 'a.*'", "status"))
                .containsExactly("Copy executed with 0 files processed.");
        warehouse.ahead = java.time.Duration.ofDays(65);
        assertThat(warehouse.column(COPY, "status")).containsExactly("Copy executed with 0 files processed.");
        assertThat(warehouse.column(COPY + " load_uncertain_files = true", "file"))
                .containsExactly("s3://lake/data/a.parquet", "s3://lake/data/late.parquet");
        warehouse.run("create table young (id number)");
        assertThat(warehouse.rows(COPY.replace("into t ", "into young "))).hasSize(2);
    }

    /// docs.snowflake.com/en/sql-reference/sql/create-file-format (TYPE = PARQUET)
    @Test
    void optionsSayHowTextAndBinaryAreRead() {
        warehouse.run("create table t (s varchar, n number, b varchar, v variant, bytes binary)");
        put("a.parquet", "SELECT ' NULL ' s, ' 7 ' n, 'hi'::BLOB b, 'hi'::BLOB v, 'hi'::BLOB bytes");
        String format = " force = true file_format = (type = parquet ";
        warehouse.run(COPY + format + ")");
        warehouse.run(COPY + format
                + "trim_space = true null_if = ('NULL', '') binary_as_text = false use_vectorized_scanner = true)");
        assertThat(warehouse.rows("select s, n, b, v  from t order by b desc"))
                .containsExactly(" NULL |7|hi|\"hi\"", "null|7|6869|\"6869\"");
    }

    @Test
    void filesAndPatternChoose() {
        warehouse.run("create table t (id number)");
        for (String name : new String[] {"a1.parquet", "a2.parquet", "b1.parquet", "sub/a3.parquet"}) {
            put(name, "SELECT 1 id");
        }
        warehouse.s3.put("lake", "data/folder/", "");
        assertThat(warehouse.column(COPY + " files = ('b1.parquet')", "file"))
                .containsExactly("s3://lake/data/b1.parquet");
        assertThat(warehouse.column(COPY + " pattern = 'a[0-9][.]parquet'", "file"))
                .containsExactly("s3://lake/data/a1.parquet", "s3://lake/data/a2.parquet");
        assertThat(warehouse.column("list @lake/sub", "name")).containsExactly("s3://lake/data/sub/a3.parquet");
        refused(COPY + " files = ('nope.parquet')", "091016", "02000", "was not found");
    }

    @Test
    void oneBadFileAbortsTheStatementOrIsSkipped() {
        warehouse.run("create table t (id number)");
        put("a.parquet", "SELECT 1 id");
        warehouse.s3.put("lake", "data/b.parquet", "this is no Parquet file at all");
        warehouse.s3.put("lake", "data/c.parquet", "");
        byte[] whole = ParquetFiles.of("SELECT i id FROM range(10000) r(i)");
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 10, 400, (byte) 7);
        warehouse.s3.put("lake", "data/d.parquet", damaged);
        warehouse.s3.put("lake", "data/e.parquet", Arrays.copyOf(whole, whole.length / 2));
        put("f.parquet", "SELECT 2 id");
        refused(COPY, "100069", "22P02", "s3://lake/data/b.parquet");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
        assertThat(warehouse.rows("select count(*) from table(information_schema.copy_history(table_name => 'T',"
                        + " start_time => dateadd(hour, -1, current_timestamp())))"))
                .containsExactly("0");
        assertThat(warehouse.column(COPY + " on_error = skip_file", "status"))
                .containsExactly("LOADED", "LOAD_FAILED", "LOAD_FAILED", "LOAD_FAILED", "LOAD_FAILED", "LOADED");
        assertThat(warehouse.rows("select id from t order by id")).containsExactly("1", "2");
    }

    @Test
    void aCopyTakesPartInTheSessionsTransaction() {
        warehouse.run("create table t (id number)");
        put("a.parquet", "SELECT 1 id");
        warehouse.run("begin");
        warehouse.run(COPY);
        warehouse.run("rollback");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
        warehouse.run("begin");
        warehouse.run(COPY);
        warehouse.run("commit");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("1");
        assertThat(warehouse.rows(COPY)).containsExactly("Copy executed with 0 files processed.");
    }

    @Test
    void timestampsNeedTheLogicalType() {
        warehouse.run("create table t (at timestamp_ntz)");
        put("a.parquet", "SELECT TIMESTAMP '2020-01-01' \"at\"");
        refused(COPY + " file_format = (type = parquet)", "100069", "22P02", "USE_LOGICAL_TYPE = TRUE");
    }

    @Test
    void storageThatDoesNotAnswerIsNoFaultOfTheFile() {
        warehouse.run("create table t (id number)");
        put("a.parquet", "SELECT 1 id");
        warehouse.s3.failWith("slow down");
        refused(COPY + " on_error = skip_file", "100016", "58030", "slow down");
        warehouse.s3.failWith(null);
        assertThat(warehouse.column(COPY, "status")).containsExactly("LOADED");
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        warehouse.run("create table t (id number)");
        for (String sql : new String[] {
            COPY + " purge = true",
            COPY + " truncatecolumns = true",
            COPY + " enforce_length = false",
            COPY + " return_failed_only = true",
            COPY + " size_limit = 10",
            COPY + " validation_mode = return_errors",
            "copy into @lake from t",
            "copy into t from 's3://lake/data/'",
            "copy into t from @~/x",
        }) {
            refused(sql, "001003", "0A000", "is not supported by the embedded warehouse");
        }
        assertThat(warehouse.rows(COPY + " purge = false truncatecolumns = false return_failed_only = false"
                        + " enforce_length = true"))
                .containsExactly("Copy executed with 0 files processed.");
        refused("copy into nope from @lake", "002003", "42S02", "NOPE");
        refused("copy into t from @nope", "002003", "02000", "Stage 'D.PUBLIC.NOPE'");
        refused(COPY + " pattern = '['", "001008", "22023", "PATTERN");
    }

    private void put(String name, String select) {
        warehouse.s3.put("lake", "data/" + name, ParquetFiles.of(select));
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
