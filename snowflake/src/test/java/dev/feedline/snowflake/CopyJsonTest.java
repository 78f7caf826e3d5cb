package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// COPY INTO from JSON: every digit, lines and arrays, bad rows.
class CopyJsonTest extends SharedWarehouse {
    private static final String COPY = "copy into t from @s match_by_column_name = case_insensitive";

    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
        warehouse.run("create stage s url = 's3://lake/' file_format = (type = json)");
    }

    @Test
    void linesArriveWithEveryDigit() {
        warehouse.run("create table t (id number, n number(38,18), b boolean, s varchar, f float, d date,"
                + " at timestamp_ltz, v variant, o object, a array, raw varchar)");
        put("""
                {"id": 12345678901234567890123456789012345678, "n": 12345678901234567.123456789012345678, "b": true,
                 "s": "é\\n\\"", "f": 0.1, "d": "2020-02-29", "at": "2020-01-01T00:00:00.123456+02:00",
                 "v": {"x": 1.10, "big": 9007199254740993, "e": 1e400, "z": [null, "q\\u00e9"]}, "o": {"k":1}, "a": [1.50],
                 "raw": {"n": 1.10}}
                {"ID": 2, "N": "1.5", "s": 1.10, "extra": 1, "f": 1e3, "v": "text", "at": "2020-01-01"}
                {}
                """);
        assertThat(warehouse.rows(COPY)).containsExactly("s3://lake/f.json|LOADED|3|3|1|0|null|null|null|null");
        assertThat(warehouse.rows("select * from t order by id"))
                .containsExactly(
                        "2|1.500000000000000000|null|1.10|1000.0|null|2020-01-01T00:00:00Z|\"text\"|null|null|null",
                        "12345678901234567890123456789012345678|12345678901234567.123456789012345678|true|é\n\"|0.1|"
                                + "2020-02-29|2019-12-31T22:00:00.123456Z|{\"x\":1.10,\"big\":9007199254740993,\"e\":1e400,"
                                + "\"z\":[null,\"qé\"]}|{\"k\":1}|[1.50]|{\"n\":1.10}",
                        "null|null|null|null|null|null|null|null|null|null|null");
        assertThat(warehouse.rows("select v:x::number(5,2), v:big::number, v:e::string from t where id > 2"))
                .containsExactly("1.10|9007199254740993|1e400");
    }

    @Test
    void arraysAreStrippedOrOneVariant() {
        warehouse.run("create table t (v variant)");
        put("[{\"a\":1},{\"a\":2}]");
        warehouse.run("copy into t from @s");
        assertThat(warehouse.rows("select * from t")).containsExactly("[{\"a\":1},{\"a\":2}]");
        warehouse.run("copy into t from @s file_format = (type = json strip_outer_array = true) force = true");
        assertThat(warehouse.rows("select v:a from t where v:a is not null")).containsExactly("1", "2");
    }

    @Test
    void gzipIsKnownByItsFirstBytes() throws IOException {
        warehouse.run("create table t (id number)");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 5000; i++) {
                gzip.write(("{\"id\":" + i + "}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        warehouse.s3.put("lake", "f.json.gz", bytes.toByteArray());
        warehouse.run(COPY);
        assertThat(warehouse.rows("select count(*), sum(id) from t")).containsExactly("5000|12497500");
        warehouse.s3.put("lake", "cut.json.gz", java.util.Arrays.copyOf(bytes.toByteArray(), 4000));
        assertThat(warehouse.column(COPY + " on_error = skip_file", "status")).containsExactly("LOAD_FAILED");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("5000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.5 | number | Failed to cast variant value 1.5 to FIXED",
                "123456789012345678901234567890123456789 | number | Failed to cast variant value",
                "1e999999999 | number | Failed to cast variant value 1e999999999",
                "\"x\" | number | Failed to cast variant value \"x\" to FIXED",
                "true | number | Failed to cast variant value true",
                "1e400 | float | Failed to cast variant value 1e400",
                "1 | boolean | Failed to cast variant value 1",
                "\"2020-02-30\" | date | Failed to cast variant value ",
                "\"2020-01-01T00:00:00.1234567\" | timestamp_ntz | Failed to cast variant value",
                "[1] | object | Failed to cast variant value [1]",
                "{} | number | Failed to cast variant value {}",
                "\"abc\" | varchar(2) | length limit",
                "null | number not null | NULL result in a non-nullable column",
            })
    void whatDoesNotFitIsAnErrorOfTheFileAtItsRow(String value, String type, String message) {
        warehouse.run("create table t (c " + type + ")");
        put("{\"c\":" + (type.equals("number not null") ? "1" : "null") + "}\n{\"c\":" + value + "}");
        assertThatThrownBy(() -> warehouse.run(COPY))
                .isInstanceOf(SnowflakeException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("line 2, character 1\n  Row 2, column \"T\"[\"C\":1]");
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
    }

    /// docs.snowflake.com/en/sql-reference/sql/copy-into-table: the rows before broken JSON are good, what comes behind
    /// it cannot be told apart.
    @Test
    void onErrorSaysWhatBecomesOfBadRows() {
        warehouse.run("create table t (id number, n number)");
        put(
                "{\"id\":1}\n{\"id\":2,\"deep\":[{\"k\":[1]}],\"n\":{\"x\":[1,{}]},\"more\":{}}\n{\"id\":3}\n[4]\n{\"id\":5}\n");
        String failure = "|Failed to cast variant value {\"x\":[1,{}]} to FIXED|2|1|\"T\"[\"N\":2]";
        assertThat(warehouse.rows(COPY + " on_error = skip_file"))
                .containsExactly("s3://lake/f.json|LOAD_FAILED|5|0|1|2" + failure);
        assertThat(warehouse.rows(COPY + " on_error = skip_file_2"))
                .containsExactly("s3://lake/f.json|LOAD_FAILED|5|0|2|2" + failure);
        assertThat(warehouse.rows(COPY + " on_error = 'skip_file_40%'"))
                .containsExactly("s3://lake/f.json|PARTIALLY_LOADED|5|3|3|2" + failure);
        assertThat(warehouse.rows("select id from t order by id")).containsExactly("1", "3", "5");
        put("{\"id\":7}\n  {\"id\":8\n{\"id\":9}\n");
        assertThat(warehouse.rows(COPY + " on_error = continue").getFirst())
                .startsWith("s3://lake/f.json|PARTIALLY_LOADED|2|1|2|1|Error parsing JSON: ")
                .endsWith("|3|2|null");
        assertThat(warehouse.rows("select id from t order by id")).containsExactly("1", "3", "5", "7");
        // A bad value, and behind it broken JSON in the same row: two errors, and no good row is lost from the count.
        put("{\"id\":10}\n{\"id\":\"x\",\"n\":}\n");
        assertThat(warehouse.rows(COPY + " on_error = continue").getFirst())
                .startsWith("s3://lake/f.json|PARTIALLY_LOADED|3|1|3|2|");
    }

    /// docs.snowflake.com/en/sql-reference/sql/create-file-format (TYPE = JSON)
    @Test
    void optionsSayHowValuesAreRead() {
        warehouse.run("create table t (id number, s varchar, d date, b binary, v variant)");
        put(
                "[{\"id\":1,\"s\":\" NULL \",\"d\":\"31/12/2020\",\"b\":\"hi\",\"v\":{\"a\":null,\"b\":[1,null],\"c\":1,\"c\":2}}]");
        warehouse.run(COPY + " file_format = (type = json strip_outer_array = true strip_null_values = true"
                + " allow_duplicate = true null_if = ('NULL') trim_space = true date_format = 'DD/MM/YYYY'"
                + " binary_format = utf8)");
        assertThat(warehouse.rows("select id, s, d, v from t"))
                .containsExactly("1|null|2020-12-31|{\"b\":[1],\"c\":2}");
        assertThatThrownBy(() -> warehouse.run(COPY + " force = true file_format = (type = json"
                        + " strip_outer_array = true date_format = 'DD/MM/YYYY' binary_format = utf8)"))
                .isInstanceOf(SnowflakeException.class)
                .hasMessageContaining("Duplicate");
        warehouse.s3.put("lake", "f.json", new byte[] {'{', '"', 's', '"', ':', '"', (byte) 0xff, '"', '}'});
        warehouse.run(COPY + " file_format = (type = json replace_invalid_characters = true)");
        assertThat(warehouse.rows("select s from t where s is not null")).containsExactly("\uFFFD");
    }

    @Test
    void textThatIsNoJsonFailsAtItsLine() {
        warehouse.run("create table t (id number)");
        put("{\"id\":1}\n{\"id\":2}\n{\"id\":");
        assertThat(warehouse.rows(COPY + " on_error = skip_file").getFirst())
                .contains("LOAD_FAILED|3|0|1|1|Error parsing JSON");
        put("{\"id\":1}\n[]");
        assertThat(warehouse.rows(COPY + " on_error = skip_file").getFirst()).contains("no JSON object");
        warehouse.s3.put("lake", "f.json", new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xff, '"', '}'});
        assertThat(warehouse.rows(COPY + " on_error = skip_file").getFirst()).contains("LOAD_FAILED");
        put("{\"id\":1,\"ID\":2}");
        assertThat(warehouse.rows(COPY + " on_error = skip_file").getFirst()).contains("more than one value");
        put("");
        assertThat(warehouse.rows(COPY)).containsExactly("s3://lake/f.json|LOADED|0|0|1|0|null|null|null|null");
    }

    @Test
    void theTableFollowsTheFile() {
        warehouse.run("create table t (id number not null) enable_schema_evolution = true");
        put("""
                {"x": 1, "money": 1.25, "name": "a", "flag": true, "deep": {"k": 1.10}, "mixed": 1, "never": null}
                {"x": 2, "money": 100, "mixed": "b"}
                """);
        warehouse.run(COPY);
        assertThat(warehouse.rows("select * from t order by x"))
                .containsExactly("null|1|1.25|a|true|{\"k\":1.10}|1", "null|2|100.00|null|null|null|\"b\"");
        assertThat(warehouse.column("desc table t", "type"))
                .containsExactly(
                        "NUMBER(38,0)",
                        "NUMBER(38,0)",
                        "NUMBER(38,2)",
                        "VARCHAR(16777216)",
                        "BOOLEAN",
                        "VARIANT",
                        "VARIANT");
    }

    @Test
    void metadataColumnsAreFilled() {
        warehouse.run("create table t (id number, f varchar, r number, at timestamp_ntz)");
        put("{\"id\":5}\n{\"id\":6,\"f\":\"ignored\"}");
        warehouse.run(COPY + " include_metadata = (f = metadata$filename, r = metadata$file_row_number,"
                + " at = metadata$start_scan_time)");
        assertThat(warehouse.rows("select id, f, r, at is not null from t order by id"))
                .containsExactly("5|f.json|1|true", "6|f.json|2|true");
    }

    private void put(String text) {
        warehouse.s3.put("lake", "f.json", text);
    }
}
