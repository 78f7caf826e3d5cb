package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// COPY INTO from CSV. Options and their meaning: docs.snowflake.com/en/sql-reference/sql/create-file-format; errors as
/// docs.snowflake.com/en/user-guide/data-load-internal-tutorial-troubleshoot and …/sql-reference/sql/copy-into-table
/// show them.
class CopyCsvTest extends SharedWarehouse {
    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
        warehouse.run("create stage s url = 's3://lake/'");
    }

    @AfterEach
    void nothingHasFailed() {
        assertThat(warehouse.failures).isEmpty();
    }

    @Test
    void everyTypeIsConvertedAsSnowflakeDoes() {
        warehouse.run(
                "create table t (n number(5,1), f float, b boolean, s varchar, d date, tm time, ntz timestamp_ntz,"
                        + " ltz timestamp_ltz, bin binary, v variant, a array, o object)");
        put("1.25,1e3,yes,text,29-FEB-2020,10:11:12.5,2020-01-01T00:00:00+02:00,2020-01-01 00:00 +0200,0aFF,"
                + "{\"a\":1},[1],{}\n"
                + "-0.04,-inf,0,,02/29/2020,10:11,1577836800,1577836800123,,1.50,[],{\"k\":[]}\r\n");
        assertThat(warehouse.rows("copy into t from @s file_format = (field_optionally_enclosed_by = none"
                        + " field_delimiter = ',')"))
                .containsExactly("s3://lake/f.csv|LOADED|2|2|1|0|null|null|null|null");
        assertThat(warehouse.rows("select n, f, b, s, d, tm, ntz, ltz, v, a, o from t order by n desc"))
                .containsExactly(
                        "1.3|1000.0|true|text|2020-02-29|10:11:12.500|2020-01-01T00:00|2019-12-31T22:00:00Z|{\"a\":1}|[1]|{}",
                        "0.0|-Infinity|false|null|2020-02-29|10:11|2020-01-01T00:00|2020-01-01T00:00:00.123Z|1.50|[]|"
                                + "{\"k\":[]}");
    }

    @Test
    void formatsOfDatesAndBinariesAreTheFileFormats() {
        warehouse.run("create table t (d date, tm time, ts timestamp_ntz, b binary)");
        put("31.12.1969|11-30 PM|20200229 010203.5|aGk=\n");
        warehouse.run("copy into t from @s file_format = (type = csv field_delimiter = '|' date_format = 'DD.MM.YYYY'"
                + " time_format = 'HH12-MI AM' timestamp_format = 'YYYYMMDD HH24MISS.FF1' binary_format = base64)");
        assertThat(warehouse.rows("select d, tm, ts from t"))
                .containsExactly("1969-12-31|23:30|2020-02-29T01:02:03.500");
        assertThat((byte[]) warehouse.run("select b from t").all().getFirst().getFirst())
                .isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
        warehouse.refuses("create file format f date_format = 'QQ'", "0A000", "'QQ'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                // An escaped and a doubled quote, a delimiter and a line end inside.
                "field_optionally_enclosed_by = '\"' ^ `\"a\"\"b\",\"c,\nd\"` ^ a\"b ^ `c,\nd`",
                "field_optionally_enclosed_by = '\"' escape = '\\\\' ^ `\"a\\\"b\",c\\,d` ^ a\"b ^ c,d",
                "field_optionally_enclosed_by = '''' ^ `'it''s',\"x\"` ^ it's ^ `\"x\"`",
                // ESCAPE_UNENCLOSED_FIELD is the backslash unless told otherwise.
                "type = csv ^ `a\\,b,c\\\\d` ^ a,b ^ c\\d",
                "escape_unenclosed_field = none ^ `a\\,b` ^ a\\ ^ b",
                // NULL_IF is \\N, EMPTY_FIELD_AS_NULL true, unless told otherwise.
                "type = csv ^ `\\N,` ^ null ^ null",
                "null_if = ('NULL', 'x') ^ `NULL,x` ^ null ^ null",
                "null_if = () empty_field_as_null = false ^ `,\\\\N` ^ `` ^ \\N",
                "field_optionally_enclosed_by = '\"' ^ `\"\",a` ^ `` ^ a",
                "trim_space = true field_optionally_enclosed_by = '\"' ^ `  \" a\" ,  b ` ^ ` a` ^ b",
                "type = csv ^ `  a , b ` ^ `  a ` ^ ` b `",
                "field_delimiter = '||' ^ `a|b||c` ^ a|b ^ c",
                "field_delimiter = '\\t' ^ `a\tb` ^ a ^ b",
                "field_delimiter = '0x7c' ^ `a|b` ^ a ^ b",
                "record_delimiter = ';' ^ `a,b\n` ^ a ^ `b\n`",
                "skip_header = 2 ^ `\"\nx\na,b` ^ a ^ b",
                "skip_blank_lines = true ^ `\n\na,b\n\n` ^ a ^ b",
                "type = csv ^ `\uFEFFa,b` ^ a ^ b",
            })
    void optionsSayHowFieldsAreCut(String options, String file, String first, String second) {
        warehouse.run("create table t (a varchar, b varchar)");
        put(file);
        assertThat(warehouse.rows("copy into t from @s file_format = (" + options + ")"))
                .containsExactly("s3://lake/f.csv|LOADED|1|1|1|0|null|null|null|null");
        assertThat(warehouse.rows("select * from t"))
                .containsExactly((first == null ? "" : first) + "|" + (second == null ? "" : second));
    }

    @Test
    void otherEncodingsAndBadCharacters() {
        warehouse.run("create table t (s varchar)");
        warehouse.s3.put("lake", "f.csv", "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        warehouse.run("copy into t from @s file_format = (encoding = 'ISO88591')");
        assertThat(warehouse.rows("select * from t")).containsExactly("Grüße");
        warehouse.s3.put("lake", "f.csv", "ok\nGrüße\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(warehouse.rows("copy into t from @s on_error = continue"))
                .containsExactly("s3://lake/f.csv|PARTIALLY_LOADED|2|1|2|1|Invalid UTF8 detected in string"
                        + " 'Gr\uFFFD\uFFFDe'|2|1|\"T\"[\"S\":1]");
        warehouse.run("copy into t from @s force = true file_format = (replace_invalid_characters = true)");
        assertThat(warehouse.rows("select * from t order by s"))
                .containsExactly("Grüße", "Gr\uFFFD\uFFFDe", "ok", "ok");
        warehouse.refuses("create file format f encoding = 'EBCDIC-9'", "0A000", "ENCODING = 'EBCDIC-9'");
    }

    @Test
    void compressedFilesAreReadAndOthersRefused() throws IOException {
        warehouse.run("create table t (a number)");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("1\n2\n".getBytes(StandardCharsets.UTF_8));
        }
        warehouse.s3.put("lake", "f.csv", bytes.toByteArray());
        warehouse.run("copy into t from @s");
        assertThat(warehouse.rows("select sum(a) from t")).containsExactly("3");
        warehouse.s3.put("lake", "f.csv", java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 10));
        assertThat(warehouse.column("copy into t from @s on_error = skip_file", "first_error"))
                .singleElement()
                .asString()
                .startsWith("Invalid data encountered during decompression");
        put("BZh91AY&SY");
        assertThat(warehouse.column("copy into t from @s on_error = skip_file", "first_error"))
                .singleElement()
                .asString()
                .contains("BZ2");
        warehouse.refuses("create file format f compression = brotli", "0A000", "COMPRESSION = BROTLI");
    }

    /// The example of the tutorial: the first row has a field too many, so has the fourth.
    @Test
    void aFileWithTooManyFieldsIsSkippedWithAllItsErrorsCounted() {
        warehouse.run("create table mycsvtable (id number, name varchar, postalcode varchar)");
        put("id|name|postalcode\n1|a|x|11\n2|b|22\n3|c|33\n4|d|44|55\n5|e|66\n");
        String copy = "copy into mycsvtable from @s file_format = (type = csv field_delimiter = '|' skip_header = 1)";
        assertThat(warehouse.rows(copy + " on_error = 'skip_file'"))
                .containsExactly("s3://lake/f.csv|LOAD_FAILED|5|0|1|2|Number of columns in file (4) does not match that"
                        + " of the corresponding table (3), use file format option error_on_column_count_mismatch=false"
                        + " to ignore this error|3|1|\"MYCSVTABLE\"[4]");
        assertThat(warehouse.rows("select count(*) from mycsvtable")).containsExactly("0");
        assertThat(warehouse.rows(copy.replace("skip_header", "error_on_column_count_mismatch = false skip_header")))
                .containsExactly("s3://lake/f.csv|LOADED|5|5|1|0|null|null|null|null");
        assertThat(warehouse.rows("select * from mycsvtable where id = 4")).containsExactly("4|d|44");
    }

    @Test
    void laterRowsWithOtherCountsOfFieldsAreNamedByTheirPlace() {
        warehouse.run("create table t (a number, b number, c number)");
        put("1,2,3\n4,5,6,7\n8,9\n");
        String copy = "copy into t from @s on_error = ";
        assertThat(warehouse.rows(copy + "continue"))
                .containsExactly("s3://lake/f.csv|PARTIALLY_LOADED|3|1|3|2|Field delimiter ',' found while expecting"
                        + " record delimiter '\\n'|2|6|\"T\"[\"C\":3]");
        put("1,2,3\n8,9\n");
        assertThat(warehouse.rows(copy + "continue").getFirst())
                .contains("End of record reached while expected to parse column '\"T\"[\"C\":3]'|2|4|\"T\"[\"C\":3]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                "abc ^ number ^ 100038 ^ 22018 ^ Numeric value 'abc' is not recognized",
                "123456 ^ number(5,0) ^ 100039 ^ 22003 ^ Numeric value '123456' is out of range",
                "1e9999 ^ number ^ 100039 ^ 22003 ^ is out of range",
                "maybe ^ boolean ^ 100037 ^ 22018 ^ Boolean value 'maybe' is not recognized",
                "2020-02-30 ^ date ^ 100040 ^ 22007 ^ Date '2020-02-30' is not recognized",
                "x ^ timestamp_ntz ^ 100035 ^ 22007 ^ Timestamp 'x' is not recognized",
                "25:00 ^ time ^ 100108 ^ 22007 ^ Time '25:00' is not recognized",
                "2020-01-01 00:00:00.1234567 ^ timestamp_ntz ^ 100035 ^ 22007 ^ is not recognized",
                "abc ^ varchar(2) ^ 100074 ^ 54000 ^ User character length limit (2) exceeded by string 'abc'",
                "xyz ^ binary ^ 100115 ^ 22000 ^ is not a legal hex-encoded value: 'xyz'",
                "{a ^ variant ^ 100069 ^ 22P02 ^ Error parsing JSON",
                "1 ^ array ^ 100071 ^ 22000 ^ Failed to cast variant value 1 to ARRAY",
                " ^ number not null ^ 100088 ^ 22000 ^ NULL result in a non-nullable column",
            })
    void whatDoesNotFitIsAnErrorWithItsPlace(String value, String type, String code, String state, String message) {
        warehouse.run("create table t (a varchar, c " + type + ")");
        put("x," + (value == null ? "" : value));
        assertThatThrownBy(() -> warehouse.run("copy into t from @s"))
                .isInstanceOfSatisfying(SnowflakeException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.sqlState()).isEqualTo(state);
                    assertThat(e.getMessage())
                            .contains(message)
                            .contains("\n  File 's3://lake/f.csv', line 1, character ")
                            .contains("\n  Row 1, column \"T\"[\"C\":2]\n")
                            .contains("use other values such as 'SKIP_FILE' or 'CONTINUE'");
                });
        assertThat(warehouse.rows("select count(*) from t")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource({
        "abort_statement, !, 0",
        "continue, PARTIALLY_LOADED|10|8|10|2, 8",
        "skip_file, LOAD_FAILED|10|0|1|2, 0",
        "skip_file_2, LOAD_FAILED|10|0|2|2, 0",
        "skip_file_3, PARTIALLY_LOADED|10|8|3|2, 8",
        "'''skip_file_19%''', LOAD_FAILED|10|0|2|2, 0",
        "'''SKIP_FILE_20%''', PARTIALLY_LOADED|10|8|3|2, 8",
    })
    void onErrorSaysWhatBecomesOfAFileWithTwoBadRowsOfTen(String onError, String result, String loaded) {
        warehouse.run("create table t (a number)");
        put("1\n2\nx\n4\n5\n6\n7\n8\ny\n10\n");
        String copy = "copy into t from @s on_error = " + onError;
        if (result.equals("!")) {
            warehouse.refuses(copy, "22018", "Numeric value 'x' is not recognized");
        } else {
            assertThat(warehouse.rows(copy))
                    .containsExactly(
                            "s3://lake/f.csv|" + result + "|Numeric value 'x' is not recognized|3|1|\"T\"[\"A\":1]");
            String status = result.startsWith("P") ? "Partially loaded" : "Load failed";
            assertThat(warehouse.rows("select status, row_count, row_parsed, error_count, first_error_line_number,"
                            + " first_error_character_pos, first_error_column_name from table("
                            + "information_schema.copy_history(table_name => 'T',"
                            + " start_time => dateadd(hour, -1, current_timestamp())))"))
                    .containsExactly(status + "|" + loaded + "|10|2|3|1|\"T\"[\"A\":1]");
            // A partly loaded file counts as loaded, a failed one may be tried again.
            assertThat(warehouse.rows(copy)).hasSize(1);
            assertThat(warehouse.column(copy, "status").getFirst())
                    .isEqualTo(result.startsWith("P") ? "Copy executed with 0 files processed." : "LOAD_FAILED");
        }
        assertThat(warehouse.rows("select count(*) from t")).containsExactly(loaded);
    }

    @Test
    void aFileWithoutOneGoodRowHasFailedAndTheNextIsLoaded() {
        warehouse.run("create table t (a number)");
        warehouse.s3.put("lake", "a.csv", "x\ny\n");
        warehouse.s3.put("lake", "b.csv", "1\n");
        warehouse.s3.put("lake", "c.csv", "");
        assertThat(warehouse.rows("copy into t from @s on_error = continue"))
                .containsExactly(
                        "s3://lake/a.csv|LOAD_FAILED|2|0|2|2|Numeric value 'x' is not recognized|1|1|\"T\"[\"A\":1]",
                        "s3://lake/b.csv|LOADED|1|1|1|0|null|null|null|null",
                        "s3://lake/c.csv|LOADED|0|0|0|0|null|null|null|null");
    }

    @Test
    void columnsMatchByTheNamesInTheHeader() {
        warehouse.run("create table t (id number, name varchar default 'd', \"Mixed\" varchar, f varchar, r number)");
        put("Name,ID,extra,mixed\nn,1,x,m\n,2,,\n");
        String copy = "copy into t from @s file_format = (parse_header = true error_on_column_count_mismatch = false)"
                + " force = true match_by_column_name = ";
        warehouse.run(
                copy + "case_insensitive include_metadata = (f = metadata$filename, r = metadata$file_row_number)");
        assertThat(warehouse.rows("select * from t order by id"))
                .containsExactly("1|n|m|f.csv|1", "2|null|null|f.csv|2");
        warehouse.run("truncate table t");
        warehouse.run(copy + "'CASE_SENSITIVE'");
        assertThat(warehouse.rows("select * from t order by id"))
                .containsExactly("1|null|null|null|null", "2|null|null|null|null");
        warehouse.refuses(copy.replace("parse_header = true", "") + "case_sensitive", "22023", "PARSE_HEADER = TRUE");
        warehouse.refuses(
                copy.replace("= false)", "= true)") + "case_sensitive", "22000", "Number of columns in file (4)");
        warehouse.refuses("create file format f parse_header = true skip_header = 1", "22023", "SKIP_HEADER");
    }

    @Test
    void theTableFollowsTheFile() {
        warehouse.run("create table t (id number not null) enable_schema_evolution = true");
        put("n,money,day,at,flag,name,\"odd name\",never\n1,1.25,2020-01-01,2020-01-01 10:00:00,true,7a,x,\n"
                + "2,10,2020-01-02,2020-01-02,false,7,y,\n");
        warehouse.run("copy into t from @s file_format = (parse_header = true error_on_column_count_mismatch = false"
                + " field_optionally_enclosed_by = '\"') match_by_column_name = case_insensitive");
        assertThat(warehouse.rows("select * from t order by n"))
                .containsExactly(
                        "null|1|1.25|2020-01-01|2020-01-01T10:00|true|7a|x|null",
                        "null|2|10.00|2020-01-02|2020-01-02T00:00|false|7|y|null");
        assertThat(warehouse.column("desc table t", "name"))
                .containsExactly("ID", "N", "MONEY", "DAY", "AT", "FLAG", "NAME", "odd name", "NEVER");
        assertThat(warehouse.column("desc table t", "type"))
                .containsExactly(
                        "NUMBER(38,0)",
                        "NUMBER(38,0)",
                        "NUMBER(38,2)",
                        "DATE",
                        "TIMESTAMP_NTZ(9)",
                        "BOOLEAN",
                        "VARCHAR(16777216)",
                        "VARCHAR(16777216)",
                        "VARCHAR(16777216)");
    }

    @Test
    void anUnclosedQuoteIsAnErrorOfItsRow() {
        warehouse.run("create table t (a varchar)");
        put("\"ok\"\n\"x\"y\n\"unclosed\n");
        assertThat(warehouse.rows("copy into t from @s on_error = continue"
                        + " file_format = (field_optionally_enclosed_by = '\"')"))
                .containsExactly("s3://lake/f.csv|PARTIALLY_LOADED|3|1|3|2|Found character 'y' instead of field"
                        + " delimiter ','|2|4|\"T\"[\"A\":1]");
    }

    @Test
    void optionsThatAreNotSupportedAreRefusedByName() {
        for (String option : new String[] {
            "file_extension = 'csv'",
            "validate_utf8 = false",
            "multi_line = false",
            "type = avro",
            "type = xml",
            "type = json skip_header = 1",
            "type = parquet field_delimiter = ','",
            "type = json enable_octal = true"
        }) {
            warehouse.refuses("create file format f " + option, "0A000", "is not supported by the embedded warehouse");
        }
        for (String option : new String[] {
            "field_optionally_enclosed_by = 'x'",
            "skip_header = many",
            "trim_space = 1",
            "escape = 'ab'",
            "trim_space = true trim_space = true",
            "field_delimiter = ';' record_delimiter = ';'"
        }) {
            warehouse.refuses("create file format f " + option, "22023", "");
        }
        warehouse.run("create table t (a number)");
        warehouse.refuses("copy into t from @s on_error = skip_file_0", "22023", "SKIP_FILE_0");
        warehouse.refuses("copy into t from @s on_error = 'skip_file_101%'", "22023", "SKIP_FILE_101%");
        warehouse.run("begin");
        warehouse.refuses(
                "copy into t from @s on_error = continue", "0A000", "ON_ERROR = CONTINUE inside a transaction");
    }

    private void put(String text) {
        warehouse.put("f.csv", text);
    }
}
