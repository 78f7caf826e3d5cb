package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are bad, each with what COPY, the histories and VALIDATE_PIPE_LOAD say of it; whatever is bad, nothing is
/// left behind but that.
///
/// Messages and codes where Snowflake's documentation shows them: sql-reference/sql/copy-into-table (VALIDATION_MODE's
/// examples), user-guide/data-load-internal-tutorial-troubleshoot, sql-reference/sql/create-file-format.
class BadFilesTest {
    private static final String HISTORY = "start_time => dateadd(hour, -1, current_timestamp())))";
    private static final byte[] NO_FILE = {0, 1, 2, (byte) 0xff, 5, '\n', 7};
    private static final String NO_GZIP = "Invalid data encountered during decompression, cause: '";
    private static final String COUNT =
            "Number of columns in file (1) does not match that of the corresponding table (2),"
                    + " use file format option error_on_column_count_mismatch=false to ignore this error";
    private static final String NO_NULL = "NULL result in a non-nullable column";
    private static final String MAGIC =
            "Error parsing the parquet file: Invalid: Parquet magic bytes not found in footer."
                    + " Either the file is corrupted or this is not a parquet file.";
    private static final String ID = "\"T\"[\"ID\":1]";
    private static final String NAME = "\"T\"[\"NAME\":2]";

    private TestWarehouse warehouse;

    enum Format {
        CSV,
        JSON,
        PARQUET;

        String key() {
            return "f." + name().toLowerCase(java.util.Locale.ROOT);
        }

        String copy() {
            return "copy into t from @s file_format = (type = " + name() + ")"
                    + (this == CSV ? "" : " match_by_column_name = case_insensitive");
        }

        byte[] good() {
            return switch (this) {
                case CSV -> bytes("7,seven\n8,eight\n");
                case JSON -> bytes("{\"id\":7,\"name\":\"seven\"}\n{\"id\":8}");
                case PARQUET -> ParquetFiles.of("SELECT i id, 'n' AS name FROM range(7, 9) r(i)");
            };
        }
    }

    /// @param bytes of the file
    /// @param error what its first error says, or how that begins
    /// @param code of the error, and its SQL state
    /// @param place line, character and column as results name them
    /// @param seen rows parsed, and errors seen among them
    /// @param good rows that CONTINUE loads
    @SuppressWarnings("ArrayRecordComponent")
    record Bad(
            Format format, String name, byte[] bytes, String error, String code, String place, String seen, int good) {
        @Override
        public String toString() {
            return format + ", " + name;
        }

        long parsed() {
            return Long.parseLong(seen.substring(0, seen.indexOf('|')));
        }

        String errors() {
            return seen.substring(seen.indexOf('|') + 1);
        }
    }

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad(
                        Format.CSV,
                        "bytes of something else",
                        NO_FILE,
                        COUNT,
                        "100080/22000",
                        "2|1|\"T\"[1]",
                        "2|2",
                        0),
                new Bad(Format.CSV, "gzip cut short", cut(gzip("1,a\n")), NO_GZIP, "100069/22P02", "", "0|1", 0),
                new Bad(Format.CSV, "damaged gzip", noGzip(), NO_GZIP, "100069/22P02", "", "0|1", 0),
                new Bad(
                        Format.CSV,
                        "no value for NOT NULL",
                        bytes("1,a\n,b\n"),
                        NO_NULL + ". Use quotes if an empty field should be interpreted as an empty string instead of a"
                                + " null",
                        "100088/22000",
                        "2|1|" + ID,
                        "2|1",
                        1),
                new Bad(
                        Format.CSV,
                        "wrong type",
                        bytes("1,a\nx,b\ny,b\n"),
                        "Numeric value 'x' is not recognized",
                        "100038/22018",
                        "2|1|" + ID,
                        "3|2",
                        1),
                new Bad(
                        Format.CSV,
                        "a column too few",
                        bytes("1\n2\n"),
                        COUNT,
                        "100080/22000",
                        "2|1|\"T\"[1]",
                        "2|2",
                        0),
                new Bad(
                        Format.CSV,
                        "not UTF-8",
                        latin("1,Grüße\n2,ok\n"),
                        "Invalid UTF8 detected in string 'Gr\uFFFD\uFFFDe'",
                        "100144/22000",
                        "1|3|" + NAME,
                        "2|1",
                        1),
                new Bad(
                        Format.CSV,
                        "a value too large",
                        bytes("1," + "x".repeat(17 << 20) + "\n2,b\n"),
                        "Max LOB size (16777216) exceeded",
                        "100082/22000",
                        "1|3|" + NAME,
                        "2|1",
                        1),
                new Bad(
                        Format.JSON,
                        "bytes of something else",
                        NO_FILE,
                        "Error parsing JSON: ",
                        "100069/22P02",
                        "1|2|null",
                        "1|1",
                        0),
                new Bad(
                        Format.JSON,
                        "gzip cut short",
                        cut(gzip("{\"id\":1}\n")),
                        NO_GZIP,
                        "100069/22P02",
                        "",
                        "0|1",
                        0),
                new Bad(Format.JSON, "damaged gzip", noGzip(), NO_GZIP, "100069/22P02", "", "0|1", 0),
                new Bad(
                        Format.JSON,
                        "no value for NOT NULL",
                        bytes("{\"id\":1}\n{\"name\":\"b\"}\n"),
                        NO_NULL,
                        "100072/22000",
                        "2|1|" + ID,
                        "2|1",
                        1),
                new Bad(
                        Format.JSON,
                        "wrong type",
                        bytes("{\"id\":1}\n{\"id\":\"x\"}\n{\"id\":true}"),
                        "Failed to cast variant value \"x\" to FIXED",
                        "100071/22000",
                        "2|1|" + ID,
                        "3|2",
                        1),
                new Bad(
                        Format.JSON,
                        "broken in the middle",
                        bytes("{\"id\":1}\n{\"id\":2,\n{\"id\":3}"),
                        "Error parsing JSON: Unexpected character ('{'",
                        "100069/22P02",
                        "3|2|null",
                        "2|1",
                        1),
                new Bad(
                        Format.JSON,
                        "not UTF-8",
                        latin("{\"id\":1,\"name\":\"Grüße\"}\n{\"id\":2}\n"),
                        "Invalid UTF8 detected in string 'Gr\uFFFD\uFFFDe'",
                        "100144/22000",
                        "1|1|" + NAME,
                        "2|1",
                        1),
                new Bad(
                        Format.JSON,
                        "half a character",
                        bytes("{\"id\":1,\"name\":\"a\\ud800b\"}\n{\"id\":2}\n"),
                        "Invalid UTF8 detected in string 'a\uFFFDb'",
                        "100144/22000",
                        "1|1|" + NAME,
                        "2|1",
                        1),
                new Bad(
                        Format.JSON,
                        "a value too large",
                        bytes("{\"id\":1}\n{\"id\":2,\"name\":\"" + "x".repeat(17 << 20) + "\"}"),
                        "Max LOB size (16777216) exceeded",
                        "100082/22000",
                        null,
                        "2|1",
                        1),
                new Bad(Format.PARQUET, "bytes of something else", NO_FILE, MAGIC, "100069/22P02", "", "0|1", 0),
                new Bad(
                        Format.PARQUET,
                        "cut short",
                        Arrays.copyOf(Format.PARQUET.good(), 200),
                        MAGIC,
                        "100069/22P02",
                        "",
                        "0|1",
                        0),
                new Bad(Format.PARQUET, "a gzip", gzip(Format.PARQUET.good()), MAGIC, "100069/22P02", "", "0|1", 0),
                new Bad(
                        Format.PARQUET,
                        "a damaged page",
                        flipped(100, 3000),
                        "Error parsing the parquet file: ",
                        "100069/22P02",
                        "",
                        "0|1",
                        0),
                new Bad(
                        Format.PARQUET,
                        "a damaged footer",
                        flipped(-200, -8),
                        "Error parsing the parquet file: ",
                        "100069/22P02",
                        "",
                        "0|1",
                        0),
                new Bad(
                        Format.PARQUET,
                        "0 bytes",
                        new byte[0],
                        "Error parsing the parquet file: Invalid: Parquet file size is 0 bytes",
                        "100069/22P02",
                        "",
                        "0|1",
                        0),
                new Bad(
                        Format.PARQUET,
                        "no column for NOT NULL",
                        ParquetFiles.of("SELECT 'n' AS name FROM range(3)"),
                        NO_NULL,
                        "100072/22000",
                        "1|null|" + ID,
                        "3|3",
                        0),
                new Bad(
                        Format.PARQUET,
                        "no value for NOT NULL",
                        ParquetFiles.of("SELECT CASE WHEN i <> 1 THEN i END id FROM range(3) r(i)"),
                        NO_NULL,
                        "100072/22000",
                        "2|null|" + ID,
                        "3|1",
                        2),
                new Bad(
                        Format.PARQUET,
                        "wrong type",
                        ParquetFiles.of("SELECT i > 0 id FROM range(3) r(i)"),
                        "Failed to cast variant value false to FIXED",
                        "100071/22000",
                        "1|null|" + ID,
                        "3|3",
                        0),
                new Bad(
                        Format.PARQUET,
                        "text that is no number",
                        ParquetFiles.of("SELECT CASE WHEN i = 1 THEN 'x' ELSE '1' END id FROM range(3) r(i)"),
                        "Failed to cast variant value \"x\" to FIXED",
                        "100071/22000",
                        "2|null|" + ID,
                        "3|1",
                        2),
                new Bad(
                        Format.PARQUET,
                        "not UTF-8",
                        ParquetFiles.of("SELECT i id, CASE WHEN i = 1 THEN '\\xFC'::BLOB ELSE 'ok'::BLOB END AS name"
                                + " FROM range(3) r(i)"),
                        "Invalid UTF8 detected in string '0xFC'",
                        "100144/22000",
                        "2|null|" + NAME,
                        "3|1",
                        2));
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        warehouse = TestWarehouse.withLake(folder);
        warehouse.run("create table t (id number not null, name varchar(10))");
    }

    @AfterEach
    void close() {
        warehouse.close();
        assertThat(warehouse.failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void copyTellsWhatIsWrongInAllItsForms(Bad bad) throws IOException {
        String key = bad.format().key();
        warehouse.s3.put("lake", key, bad.bytes());
        String copy = bad.format().copy() + " on_error = ";
        warehouse.refuses(copy + "abort_statement", bad.code().substring(7), bad.error());
        assertThat(warehouse.rows("select * from table(information_schema.copy_history(table_name => 'T', " + HISTORY))
                .as("an aborted COPY leaves no history")
                .isEmpty();
        row(copy + "skip_file", "s3://lake/" + key + "|LOAD_FAILED|" + bad.parsed() + "|0|1|" + bad.errors(), bad);
        assertThat(warehouse.rows("select * from t")).isEmpty();
        String status = bad.good() == 0 ? "LOAD_FAILED|" : "PARTIALLY_LOADED|";
        row(
                copy + "continue",
                "s3://lake/" + key + "|" + status + bad.parsed() + "|" + bad.good() + "|" + bad.parsed() + "|"
                        + bad.errors(),
                bad);
        assertThat(warehouse.rows("select count(*) from t")).containsExactly(String.valueOf(bad.good()));
        row(
                "select status, row_parsed, row_count, error_limit, error_count, first_error_message,"
                        + " first_error_line_number, first_error_character_position, first_error_col_name"
                        + " from information_schema.load_history where status = 'LOAD FAILED' and error_limit = 1",
                "LOAD FAILED|" + bad.parsed() + "|0|1|" + bad.errors(),
                bad);
        nothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aPipeTellsWhatIsWrongAndLoadsTheNextFile(Bad bad) throws IOException {
        String key = bad.format().key();
        warehouse.run("create pipe p auto_ingest = true as " + bad.format().copy());
        warehouse.s3.put("lake", key, bad.bytes());
        warehouse.s3.put("lake", "good", bad.format().good());
        event(key);
        event("good");
        warehouse.snowflake.start();
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
        assertRow(errors.getFirst(), key + "|" + bad.code(), bad);
        assertThat(warehouse.rows(status("lastIngestedFilePath"))).containsExactly("good");
        assertThat(warehouse.rows("select count(*) from information_schema.load_history"))
                .as("pipes are not in this view")
                .containsExactly("0");
        nothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "JSON"})
    void textOfNothingIsLoadedAsNoRows(Format format) {
        for (byte[] nothing : List.of(new byte[0], gzip(new byte[0]))) {
            warehouse.s3.put("lake", format.key(), nothing);
            assertThat(warehouse.rows(format.copy()))
                    .containsExactly("s3://lake/" + format.key() + "|LOADED|0|0|1|0|null|null|null|null");
        }
        byte[] members = concatenated(gzip(new byte[0]), gzip(format.good()));
        warehouse.s3.put("lake", format.key(), members);
        assertThat(warehouse.rows(format.copy()))
                .containsExactly("s3://lake/" + format.key() + "|LOADED|2|2|1|0|null|null|null|null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " strip_null_values = true"})
    void aDocumentThatIsLargerThanAVariantIsARowOfItsOwn(String option) {
        warehouse.run("create table v (v variant)");
        String half = "x".repeat(9 << 20);
        warehouse.put("f.json", "[\"" + half + "\",\"" + half + "\"]\n[1]\n");
        assertThat(warehouse.rows("copy into v from @s file_format = (type = json" + option + ") on_error = continue"))
                .containsExactly(
                        "s3://lake/f.json|PARTIALLY_LOADED|2|1|2|1|Error parsing JSON: document is too large, max"
                                + " size 16777216 bytes|1|1|null");
        assertThat(warehouse.rows("select * from v")).containsExactly("[1]");
    }

    @Test
    void parquetWithoutRowsIsLoaded() {
        warehouse.s3.put("lake", "f.parquet", ParquetFiles.of("SELECT 1 id, 'n' AS name FROM range(0)"));
        assertThat(warehouse.rows(Format.PARQUET.copy()))
                .containsExactly("s3://lake/f.parquet|LOADED|0|0|1|0|null|null|null|null");
    }

    /// ABORT_STATEMENT's note: a file that cannot be found ends no load, unless FILES names it.
    @ParameterizedTest
    @EnumSource
    void aFileThatIsGoneWhenItsTurnComesIsToldAndEndsNothing(Format format) throws IOException {
        warehouse.s3.put("lake", "1", format.good());
        warehouse.s3.put("lake", "2", format.good());
        warehouse.s3.vanish("lake", "1");
        assertThat(warehouse.rows(format.copy()))
                .satisfiesExactly(
                        gone -> assertThat(gone)
                                .startsWith("s3://lake/1|LOAD_FAILED|0|0|1|1|Remote file 's3://lake/1' was not found."
                                        + " There are several potential causes."),
                        good -> assertThat(good).isEqualTo("s3://lake/2|LOADED|2|2|1|0|null|null|null|null"));
        warehouse.s3.remove("lake", "1");
        warehouse.refuses(format.copy() + " files = ('1')", "02000", "Remote file 's3://lake/1' was not found.");
        nothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void aPipesFileThatIsGoneIsRecordedAndLoadedWhenItIsThereAgain(Format format) {
        warehouse.run("create pipe p auto_ingest = true as " + format.copy());
        warehouse.s3.put("lake", "1", format.good());
        event("1");
        warehouse.s3.remove("lake", "1");
        warehouse.s3.put("lake", "2", format.good());
        event("2");
        warehouse.snowflake.start();
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
        String key = format.key();
        warehouse.s3.put("lake", key, format.good());
        event(key);
        warehouse.snowflake.start();
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

    /// A negative offset in a footer once ended DuckDB as a whole; here the sign of every number in the places of a
    /// column is turned.
    @Test
    void noSignInAFooterEndsTheWarehouse() {
        byte[] good = ParquetFiles.of("SELECT i id FROM range(7, 9) r(i)");
        String text = new String(good, StandardCharsets.ISO_8859_1);
        int column = text.lastIndexOf("id", text.indexOf("DuckDB version"));
        int tried = 0;
        for (int at = column; at < text.indexOf("DuckDB version"); at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            warehouse.s3.put("lake", "f.parquet", bad);
            warehouse.rows(Format.PARQUET.copy() + " on_error = skip_file force = true");
            assertThat(warehouse.failures).as("byte %d", at).isEmpty();
            tried++;
        }
        assertThat(tried).isBetween(20, 150);
        assertThat(warehouse.rows("select 1")).containsExactly("1");
    }

    private void row(String sql, String begin, Bad bad) {
        assertRow(warehouse.rows(sql).getFirst(), begin, bad);
    }

    private static void assertRow(String row, String begin, Bad bad) {
        assertThat(row).as(bad.toString()).startsWith(begin + "|" + bad.error());
        if (bad.place() != null) {
            assertThat(row).endsWith("|" + (bad.place().isEmpty() ? "null|null|null" : bad.place()));
        }
    }

    private static String status(String key) {
        return "select parse_json(system$pipe_status('p')):" + key + "::string";
    }

    private void event(String key) {
        var stored = warehouse.s3.get("lake", key);
        warehouse.sqs.objectCreated("lake", key, stored.bytes().length, stored.etag());
    }

    private void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(warehouse.folder.resolve("incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(String text) {
        return gzip(bytes(text.repeat(10_000)));
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] noGzip() {
        return new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 20);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// A file whose bytes there are others; negative places count from the end.
    private static byte[] flipped(int from, int to) {
        byte[] bytes = ParquetFiles.of("SELECT i id, 'n' || i AS name FROM range(20000) r(i)");
        for (int at = from; at < to; at++) {
            bytes[at < 0 ? bytes.length + at : at] ^= 0x55;
        }
        return bytes;
    }
}
