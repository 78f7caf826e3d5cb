package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConvertCommandTest {
    @TempDir
    Path folder;

    @Test
    void linesAndAPackedArrayBecomeOneFileWithTheColumnsOfBoth() throws Exception {
        Path lines = file("a.jsonl", "{\"id\":1,\"name\":\"ann\"}\n\n{\"id\":2,\"day\":\"2026-11-26\"}\n");
        Path array = packed("b.json.gz", "[{\"id\":3,\"tags\":[\"x\",null]},\n{\"id\":4}]");
        Path out = folder.resolve("out.parquet");
        Ran ran = convert(lines, array, out);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.BALANCED);
        assertThat(ran.err()).isEqualTo(out + ": 4 rows, all good\n");
        assertThat(rows(out, "id, name, day, tags"))
                .containsExactly(
                        "1|ann|null|null", "2|null|2026-11-26|null", "3|null|null|[x, NULL]", "4|null|null|null");
    }

    @Test
    void badRowsAreToldOfAndKept() throws Exception {
        Path in = file("in.jsonl", "{\"id\":1}\n{\"id\":\"no\"}\nnonsense\n{\"id\":2,\"more\":{\"a\":1.50}}\n");
        Path schema = file("schema.json", "[{\"name\":\"id\",\"type\":\"bigint\"}]\n");
        Path out = folder.resolve("out.parquet");
        Ran ran = convert("--schema", schema, in, out);
        assertThat(ran.code()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(ran.err())
                .contains("in.jsonl line 2: TYPE-MISMATCH, expected bigint, found \"no\"")
                .contains("in.jsonl line 3: JSON-SYNTAX")
                .contains("out.parquet: 4 rows, 2 of them bad and not in it");
        assertThat(rows(out, "id, _RESCUED")).containsExactly("1|null", "2|{\"more\":{\"a\":1.50}}");

        Path bad = folder.resolve("bad.jsonl");
        assertThat(convert("--schema", schema, "--bad-rows", bad, "--freeze", "--force", in, out)
                        .code())
                .isEqualTo(ExitCode.QUARANTINED);
        List<JsonNode> told =
                Files.readAllLines(bad).stream().map(ConvertCommandTest::json).toList();
        assertThat(told)
                .extracting(row -> row.required("code").asString())
                .containsExactly("TYPE-MISMATCH", "JSON-SYNTAX", "UNKNOWN-COLUMN");
        assertThat(told.getFirst().required("line").asInt()).isEqualTo(2);
        assertThat(told.getFirst().required("byte_offset").asInt()).isEqualTo(9);
        assertThat(told.getFirst().required("pointer").asString()).isEqualTo("/id");
        assertThat(told.getFirst().required("raw").asString()).isEqualTo("{\"id\":\"no\"}");
        assertThat(rows(out, "*")).containsExactly("1");
    }

    @Test
    void theInferredColumnsArePrintedInTheFormThatIsRead() throws Exception {
        Path in = file(
                "in.jsonl", "{\"id\":1,\"price\":1.10}\n{\"id\":2,\"price\":2.5,\"at\":\"2026-11-26T10:00:00Z\"}\n");
        Ran printed = Ran.feedline("convert", "--schema-only", in.toString());
        assertThat(printed.code()).isEqualTo(ExitCode.BALANCED);
        assertThat(printed.out())
                .isEqualTo("[{\"name\":\"id\",\"type\":\"bigint\",\"inferred\":true},"
                        + "{\"name\":\"price\",\"type\":\"decimal(38,2)\",\"inferred\":true},"
                        + "{\"name\":\"at\",\"type\":\"timestamp\",\"inferred\":true}]\n");
        Path schema = file("schema.json", printed.out());
        Path out = folder.resolve("out.parquet");
        for (String codec : List.of("snappy", "zstd", "none")) {
            Ran ran =
                    convert("--schema", schema, "--compression", codec, "--threads", 1, "--stats", "--force", in, out);
            assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.BALANCED);
            assertThat(ran.err()).contains("2 good rows; read 71 bytes, wrote ").contains("s of processor time");
            assertThat(rows(out, "id, price")).containsExactly("1|1.10", "2|2.50");
        }
    }

    @Test
    void aGivenSchemaIsAddedToRescuedFromOrFrozen() throws Exception {
        Path in = file("in.jsonl", "{\"id\":1,\"day\":\"2026-11-26\"}\n{\"id\":\"no\",\"n\":1.5}\n");
        Path schema = file("schema.json", "[{\"name\":\"id\",\"type\":\"bigint\"}]");
        Path out = folder.resolve("out.parquet");
        assertThat(Ran.feedline(
                                "convert",
                                "--schema-only",
                                "--schema",
                                schema.toString(),
                                "--on-new-column",
                                "add",
                                in.toString())
                        .out())
                .isEqualTo("[{\"name\":\"id\",\"type\":\"bigint\"},"
                        + "{\"name\":\"day\",\"type\":\"date\",\"inferred\":true},"
                        + "{\"name\":\"n\",\"type\":\"decimal(38,1)\",\"inferred\":true}]\n");
        String id = "{\"id\":\"no\"}";
        assertThat(rowsOf(in, out, "--on-new-column", "add", "--on-mismatch", "rescue"))
                .containsExactly("1|2026-11-26|null|null", "null|null|1.5|" + id);
        assertThat(rowsOf(in, out, "--on-new-column", "add", "--on-mismatch", "rescue", "--infer-rows", "1"))
                .containsExactly("1|2026-11-26|null", "null|null|{\"id\":\"no\",\"n\":1.5}");
        assertThat(rowsOf(in, out, "--on-new-column", "rescue", "--on-mismatch", "rescue"))
                .containsExactly("1|{\"day\":\"2026-11-26\"}", "null|{\"id\":\"no\",\"n\":1.5}");
        assertThat(rowsOf(in, out, "--on-new-column", "add")).containsExactly("1|2026-11-26|null|null");
        assertThat(rowsOf(file("one.jsonl", "{\"id\":\"no\"}\n"), out, "--freeze", "--on-mismatch", "rescue"))
                .containsExactly("null|" + id);
    }

    @Test
    void theColumnsOfTheBeginningHoldUntilARowTellsOtherwise() throws Exception {
        String usual = "{\"id\":1,\"name\":\"somebody with a name of some length\"}\n".repeat(100_000);
        Path bad = folder.resolve("bad.jsonl");
        for (String late : List.of(
                "",
                "{\"id\":1.5}\n",
                "{\"id\":2,\"more\":{\"a\":[1]}}\n",
                "{\"id\":\"x\"}\nnonsense\n",
                "{\"id\":1e-30}\n")) {
            Path in = file("late.jsonl", usual + "no row\n" + usual + late + usual + late);
            Path out = folder.resolve("out.parquet");
            Ran ran = convert("--force", "--bad-rows", bad, "--stats", in, out);
            assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.QUARANTINED);

            Path schema = file(
                    "schema.json",
                    Ran.feedline("convert", "--schema-only", in.toString()).out());
            Path expected = folder.resolve("expected.parquet");
            Path expectedBad = folder.resolve("expected-bad.jsonl");
            convert("--force", "--bad-rows", expectedBad, "--schema", schema, in, expected);
            assertThat(Files.mismatch(out, expected)).as(late).isEqualTo(-1);
            assertThat(Files.mismatch(bad, expectedBad)).as(late).isEqualTo(-1);
        }
    }

    private List<String> rowsOf(Path in, Path out, String... policy) throws SQLException {
        List<Object> words = new ArrayList<>(List.of("--force", "--schema", folder.resolve("schema.json")));
        words.addAll(List.of(policy));
        words.addAll(List.of(in, out));
        assertThat(convert(words.toArray()).code()).isIn(ExitCode.BALANCED, ExitCode.QUARANTINED);
        return rows(out, "*");
    }

    @Test
    void aPolicyThatIsNoneIsRefused() throws IOException {
        Path in = file("in.jsonl", "{\"id\":1}\n");
        Path schema = file("schema.json", "[{\"name\":\"id\",\"type\":\"bigint\"}]");
        Path out = folder.resolve("out.parquet");
        assertThat(convert("--on-new-column", "drop", in, out).err()).contains("add, rescue or freeze, not drop");
        assertThat(convert("--on-mismatch", "drop", in, out).err()).contains("quarantine or rescue, not drop");
        assertThat(convert("--freeze", "--on-new-column", "add", in, out).err()).contains("contradict each other");
        assertThat(convert("--infer-rows", 0, in, out).err()).contains("1 or more");
        assertThat(convert("--infer-rows", 5, "--schema", schema, in, out).err())
                .contains("where columns are inferred");
        assertThat(out).doesNotExist();
    }

    @Test
    void metadataStandsInTheFile() throws Exception {
        Path in = file("in.jsonl", "{\"id\":1}\n");
        Path out = folder.resolve("out.parquet");
        Ran ran = convert("--metadata", "source=a=b, c", "--metadata", "größe=", in, out);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.BALANCED);
        assertThat(read("SELECT decode(key), decode(value) FROM parquet_kv_metadata('" + out + "') ORDER BY 1"))
                .containsExactly("größe|", "source|a=b, c");
        Path none = folder.resolve("none.parquet");
        convert(in, none);
        assertThat(read("SELECT * FROM parquet_kv_metadata('" + none + "')")).isEmpty();
    }

    @Test
    void numbersAreWrittenAsDeltasWhenThatIsAskedFor() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            lines.append("{\"id\":").append(i * 3).append("}\n");
        }
        Path in = file("in.jsonl", lines.toString());
        Path out = folder.resolve("out.parquet");
        String encodings = "SELECT DISTINCT encodings FROM parquet_metadata('" + out + "') WHERE path_in_schema = 'id'";
        assertThat(convert("--encoding", "delta-binary-packed", in, out).code()).isEqualTo(ExitCode.BALANCED);
        assertThat(read(encodings)).containsExactly("RLE, DELTA_BINARY_PACKED");
        assertThat(rows(out, "count(*), sum(id), max(id)")).containsExactly("5000|37492500|14997");
        assertThat(convert("--force", in, out).code()).isEqualTo(ExitCode.BALANCED);
        assertThat(read(encodings)).containsExactly("PLAIN, RLE");
        assertThat(convert("--force", "--encoding", "delta", in, out).err())
                .contains("plain or delta-binary-packed, not delta");
    }

    @Test
    void metadataThatIsNoPairIsRefused() throws IOException {
        Path in = file("in.jsonl", "{\"id\":1}\n");
        Path out = folder.resolve("out.parquet");
        assertThat(convert("--metadata", "source", in, out).err()).contains("KEY=VALUE with a key, not source.");
        assertThat(convert("--metadata", "=value", in, out).err()).contains("KEY=VALUE with a key, not =value.");
        assertThat(convert("--metadata", "a=1", "--metadata", "a=2", in, out).err())
                .contains("--metadata a is given twice");
        assertThat(convert("--schema-only", "--metadata", "a=1", in).err()).contains("no other option goes with it");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsNotTouched() throws IOException {
        Path in = file("in.jsonl", "{\"id\":1}\n");
        Path out = file("out.parquet", "mine");
        Ran ran = convert(in, out);
        assertThat(ran.code()).isEqualTo(ExitCode.ERROR);
        assertThat(ran.err()).contains("out.parquet is there already and was not touched; --force replaces it.");
        assertThat(out).hasContent("mine");
    }

    @Test
    void noFileIsWrittenOverThatIsReadOrWasNotMeant() throws IOException {
        Path in = file("in.jsonl", "{\"id\":1}\n");
        Path bad = file("bad.jsonl", "mine");
        Path out = folder.resolve("out.parquet");
        assertThat(convert("--force", in, in).err()).contains("in.jsonl is named twice");
        assertThat(convert("--force", "--bad-rows", in, in, out).err()).contains("in.jsonl is named twice");
        assertThat(convert("--force", "--bad-rows", out, in, out).err()).contains("out.parquet is named twice");
        assertThat(convert("--bad-rows", bad, in, out).err()).contains("bad.jsonl is there already");
        assertThat(convert("--bad-rows", bad, "--force", file("a.csv", "id,name\n1,ann\n"), out)
                        .err())
                .contains("looks like CSV");
        assertThat(bad).as("nothing was converted, so it is as it was").hasContent("mine");
        assertThat(in).hasContent("{\"id\":1}\n");
        assertThat(out).doesNotExist();
        assertThat(convert("--schema-only", "--stats", in).err()).contains("no other option goes with it");
        assertThat(convert("--schema-only", "--encoding", "delta-binary-packed", in)
                        .err())
                .contains("no other option goes with it");
        assertThat(convert("--schema-only", "--compression", "snappy", in).err())
                .contains("no other option goes with it");
    }

    @Test
    void whatCannotBeConvertedIsSaidAndLeavesNothing() throws IOException {
        Path out = folder.resolve("out.parquet");
        Path good = file("good.jsonl", "{\"id\":1}\n".repeat(1000));
        byte[] whole = Files.readAllBytes(packed("good.jsonl.gz", Files.readString(good)));
        Path cut = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(whole, whole.length - 9));
        assertThat(convert(cut, out).err())
                .contains("cut.jsonl.gz cannot be read to its end: the gzip data ends in the middle")
                .doesNotContain("Exception");
        assertThat(convert("--schema", file("s.json", "[{\"name\":\"id\",\"type\":\"bigint\"}]"), cut, out)
                        .err())
                .contains("cut.jsonl.gz cannot be read to its end: the gzip data ends in the middle");
        assertThat(convert(folder.resolve("none.jsonl"), out).err()).contains("There is no file");
        assertThat(convert(file("a.csv", "id,name\n1,ann\n"), out).err()).contains("looks like CSV");
        assertThat(convert(file("empty.jsonl", "\n"), out).err()).contains("No column was found");
        assertThat(convert(file("a.png", "\u0089PNG\r\n\u001a\n"), out).code()).isEqualTo(ExitCode.ERROR);
        assertThat(convert("--schema", good, good, out).err()).contains("is no schema");
        Path own = file("own.json", "[{\"name\":\"_RESCUED\",\"type\":\"string\"}]");
        assertThat(convert("--schema", own, good, out).err()).contains("a column is called _RESCUED");
        assertThat(convert("--compression", "lz4", good, out).err()).contains("snappy, zstd or none, not lz4");
        assertThat(convert("--threads", 1000, good, out).err()).contains("--threads is 1 to");
        assertThat(Ran.feedline("convert", good.toString()).err()).contains("Name the file to write");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("out."));
        }
    }

    private Ran convert(Object... arguments) {
        List<String> words = new ArrayList<>(List.of("convert"));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return Ran.feedline(words.toArray(String[]::new));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path packed(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(UTF_8));
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static JsonNode json(String line) {
        return JsonMapper.builder().build().readTree(line);
    }

    private static List<String> rows(Path parquet, String columns) throws SQLException {
        return read("SELECT " + columns + " FROM '" + parquet + "'");
    }

    private static List<String> read(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet read = statement.executeQuery(sql)) {
            while (read.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= read.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(read.getString(i)));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }
}
