package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Files that are bad, each with what is said of it.
///
/// Messages and codes where Snowflake's documentation shows them: sql-reference/sql/copy-into-table (VALIDATION_MODE's
/// examples), user-guide/data-load-internal-tutorial-troubleshoot, sql-reference/sql/create-file-format.
final class BadFiles {
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

    private BadFiles() {}

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

        /// Asserts that a result's row begins like this, then tells the error and its place.
        void isSaidBy(String row, String begin) {
            assertThat(row).as(toString()).startsWith(begin + "|" + error);
            if (place != null) {
                assertThat(row).endsWith("|" + (place.isEmpty() ? "null|null|null" : place));
            }
        }

        long parsed() {
            return Long.parseLong(seen.substring(0, seen.indexOf('|')));
        }

        String errors() {
            return seen.substring(seen.indexOf('|') + 1);
        }
    }

    static Stream<Bad> all() {
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

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] gzip(String text) {
        return gzip(bytes(text.repeat(10_000)));
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] noGzip() {
        return new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    }

    static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 20);
    }

    static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// A file whose bytes there are others; negative places count from the end.
    static byte[] flipped(int from, int to) {
        byte[] bytes = ParquetFiles.of("SELECT i id, 'n' || i AS name FROM range(20000) r(i)");
        for (int at = from; at < to; at++) {
            bytes[at < 0 ? bytes.length + at : at] ^= 0x55;
        }
        return bytes;
    }
}
