package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.CellForm;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowReader;
import dev.feedline.rows.RowSplitter;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.Verdict;
import dev.feedline.rows.batch.BatchReader;
import dev.feedline.rows.batch.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonToParquetTest {
    private static final Schema SCHEMA = Written.schema("id", "bigint", "text", "string", "list", "array<double>");
    private static final RowLimits LIMITS = new RowLimits(600, 20, 100, 50);
    private static final int BLOCK = 1_000;
    private static final Reading ARRAYS = new Reading(Reading.Kind.JSON, TextEncoding.UTF_8, null);

    private static DuckDb duckDb;

    @TempDir
    Path folder;

    @BeforeAll
    static void openDuckDb() throws Exception {
        duckDb = new DuckDb();
    }

    @AfterAll
    static void closeDuckDb() throws Exception {
        duckDb.close();
    }

    /// A row that is not in the file, as both ways tell of it.
    private record Told(int input, long row, long line, long offset, BadRowCode code, String raw) {
        static Told of(int input, BadRow bad) {
            return new Told(input, bad.row(), bad.line(), bad.offset(), bad.code(), new String(bad.raw(), UTF_8));
        }
    }

    private record Run(byte[] file, List<Told> bad, long rows) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyInputOfLinesIsReadAsTheRowReaderReadsIt(int threads) throws Exception {
        long seed = Long.getLong("feedline.seed", 20261126);
        Random random = new Random(seed);
        for (int trial = 0; trial < 60; trial++) {
            byte[] first = lines(random);
            byte[] second = lines(random);
            String shown = "trial " + trial + " of seed " + seed;
            assertSame(run(threads, Reading.JSON_LINES, first, second), Reading.JSON_LINES, shown, first, second);
        }
    }

    @Test
    void arraysAreCutIntoRowsFirst() throws Exception {
        byte[] array = ("[" + "{\"id\":1,\"text\":\"a\\nb\"},\n{\"id\":\"no\"}, 7, {\"list\":[1,2.5]},".repeat(60)
                        + "{}]")
                .getBytes(UTF_8);
        assertSame(run(2, ARRAYS, array), ARRAYS, "an array", array);
    }

    @Test
    void aColumnMayBeNestedAsDeepAsARowMay() throws Exception {
        int levels = RowLimits.DEFAULT.maxDepth() - 1;
        Schema schema = Written.schema("deep", "array<".repeat(levels) + "bigint" + ">".repeat(levels), "id", "bigint");
        RowReader reader = new RowReader(schema, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        RowBatch batch = new RowBatch(schema);
        BatchReader columns = new BatchReader(schema, SchemaPolicy.DEFAULT, RowLimits.DEFAULT, CellForm.JSON, batch, 0);
        List<Object[]> rows = new ArrayList<>();
        for (String deepest : List.of("[7]", "[null,8]", "[]", "null")) {
            String row = "{\"deep\":" + "[".repeat(levels - 1) + deepest + "]".repeat(levels - 1) + ",\"id\":1}";
            rows.add(((Verdict.Good) reader.read(row.getBytes(UTF_8))).values());
            assertThat(columns.add(row.getBytes(UTF_8), 0, row.length())).isNull();
        }
        assertThat(batch.leaf(0).maxDefinition()).isEqualTo(2 * levels + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParquetWriter writer = new ParquetWriter(out, schema, ParquetOptions.DEFAULT)) {
            writer.write(batch);
        }
        assertThat(out.toByteArray()).isEqualTo(Written.bytes(schema, ParquetOptions.DEFAULT, rows));
    }

    @Test
    void theFileDependsOnTheInputAlone() throws Exception {
        byte[] lines = "{\"id\":1,\"text\":\"some\",\"list\":[0.1,null]}\n"
                .repeat(2_000)
                .getBytes(UTF_8);
        byte[] one = run(1, Reading.JSON_LINES, lines).file;
        assertThat(run(3, Reading.JSON_LINES, lines).file).isEqualTo(one);
        assertThat(run(7, Reading.JSON_LINES, lines).file).isEqualTo(one);
    }

    /// A column whose dictionary was full begins some row groups without one; which, must not
    /// depend on the thread.
    @Test
    void whatBecameOfADictionaryIsForgottenWithItsRowGroup() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            boolean distinct = i / 2_000 % 3 == 0;
            lines.append("{\"id\":")
                    .append(distinct ? i : i % 5)
                    .append(",\"text\":\"t")
                    .append(distinct ? i : i % 7);
            lines.append("\"}\n");
        }
        byte[] input = lines.toString().getBytes(UTF_8);
        ParquetOptions smallDictionaries = ParquetOptions.DEFAULT.pageBytes(4_000);
        byte[] one = bytes(smallDictionaries, 1, input);
        for (int threads : new int[] {2, 3, 7}) {
            assertThat(bytes(smallDictionaries, threads, input))
                    .as("%d threads", threads)
                    .isEqualTo(one);
        }
    }

    private static byte[] bytes(ParquetOptions options, int threads, byte[] input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversionSettings settings =
                new ConversionSettings(SCHEMA, SchemaPolicy.DEFAULT, LIMITS, options, 30_000, threads);
        try (JsonToParquet conversion = new JsonToParquet(out, settings, new Rows(new ArrayList<>()))) {
            conversion.add(new ByteArrayInputStream(input), Reading.JSON_LINES);
        }
        return out.toByteArray();
    }

    @Test
    void anInputThatFailsLeavesNoFooter() {
        InputStream failing = new InputStream() {
            private int left = 5_000;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("the cable is out");
                }
                return left % 10 == 0 ? '\n' : ' ';
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> {
                    try (JsonToParquet conversion = new JsonToParquet(out, settings(2), new Rows(new ArrayList<>()))) {
                        conversion.add(failing, Reading.JSON_LINES);
                    }
                })
                .hasMessage("the cable is out");
        assertThat(out.toString(UTF_8)).isEqualTo("PAR1");
    }

    @Test
    void whoeverIsInterruptedStops() {
        byte[] lines = "{\"id\":1}\n".repeat(20_000).getBytes(UTF_8);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run(1, Reading.JSON_LINES, lines)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void frozenColumnsHaveNoneForTheRescued() throws Exception {
        List<Told> bad = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversionSettings frozen = new ConversionSettings(
                SCHEMA,
                new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.QUARANTINE),
                LIMITS,
                ParquetOptions.DEFAULT,
                BLOCK,
                2);
        try (JsonToParquet conversion = new JsonToParquet(out, frozen, new Rows(bad))) {
            conversion.add(
                    new ByteArrayInputStream("{\"id\":1}\n{\"id\":2,\"new\":3}\n".getBytes(UTF_8)), Reading.JSON_LINES);
        }
        assertThat(bad).extracting(Told::code).containsExactly(BadRowCode.UNKNOWN_COLUMN);
        Path file = Files.write(folder.resolve("frozen.parquet"), out.toByteArray());
        assertThat(duckDb.rows(file, SCHEMA)).hasSize(1);
    }

    @Test
    void whatDoesNotFitAFrozenColumnIsRescuedWhereThePolicySaysSo() throws Exception {
        SchemaPolicy policy = new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.RESCUE);
        ConversionSettings settings = new ConversionSettings(SCHEMA, policy, LIMITS, ParquetOptions.DEFAULT, BLOCK, 2);
        Converted converted = Converted.of(
                folder,
                settings,
                Reading.JSON_LINES,
                "{\"id\":\"one\",\"list\":[1,\"two\"]}\n{\"id\":2,\"new\":3}\n".getBytes(UTF_8));
        assertThat(converted.codes()).containsExactly(BadRowCode.UNKNOWN_COLUMN);
        assertThat(duckDb.rows(converted.file(), settings.columns()))
                .isEqualTo(Seen.rows(List.<Object[]>of(
                        new Object[] {null, null, Arrays.asList(1.0, null), "{\"id\":\"one\",\"list\":[null,\"two\"]}"
                        })));
    }

    /// Compares with the row reader over the splitter's rows, and DuckDB's reading of the file.
    private void assertSame(Run run, Reading reading, String shown, byte[]... inputs) throws Exception {
        RowReader reader = new RowReader(SCHEMA, SchemaPolicy.DEFAULT, LIMITS);
        List<Told> bad = new ArrayList<>();
        List<Object[]> good = new ArrayList<>();
        for (int input = 0; input < inputs.length; input++) {
            try (RowSplitter rows =
                    reading.split(new ByteArrayInputStream(inputs[input]), LIMITS.maxSourceBytes(), Position.START)) {
                for (RawRow row = rows.next(); row != null; row = rows.next()) {
                    judge(reader, input, row, good, bad);
                }
            }
        }
        assertThat(run.bad).as(shown).isEqualTo(bad);
        assertThat(run.rows).as(shown).isEqualTo(good.size() + bad.size());
        Path file = Files.write(Files.createTempFile(folder, "converted", ".parquet"), run.file);
        assertThat(duckDb.rows(file, settings(1).columns())).as(shown).isEqualTo(Seen.rows(good));
    }

    private static void judge(RowReader reader, int input, RawRow row, List<Object[]> good, List<Told> bad) {
        if (row.flaw() != null) {
            bad.add(Told.of(input, BadRow.of(row, row.flaw().code(), row.flaw().detail(), LIMITS)));
        } else if (row.tooLong()) {
            bad.add(Told.of(input, BadRow.of(row, BadRowCode.ROW_TOO_LONG, "", LIMITS)));
        } else if (reader.read(row.bytes()) instanceof Verdict.Good read) {
            good.add(new Object[] {read.values()[0], read.values()[1], read.values()[2], read.rescued()});
        } else {
            bad.add(Told.of(input, BadRow.of(row, (Verdict.Bad) reader.read(row.bytes()), LIMITS)));
        }
    }

    private static Run run(int threads, Reading reading, byte[]... inputs) throws IOException {
        List<Told> bad = new ArrayList<>();
        Rows rows = new Rows(bad);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonToParquet conversion = new JsonToParquet(out, settings(threads), rows)) {
            for (byte[] input : inputs) {
                conversion.add(new ByteArrayInputStream(input), reading);
            }
        }
        return new Run(out.toByteArray(), bad, rows.rows);
    }

    private static ConversionSettings settings(int threads) {
        return new ConversionSettings(SCHEMA, SchemaPolicy.DEFAULT, LIMITS, ParquetOptions.DEFAULT, BLOCK, threads);
    }

    private static final class Rows implements JsonToParquet.Watch {
        private final List<Told> bad;
        private long rows;

        Rows(List<Told> bad) {
            this.bad = bad;
        }

        @Override
        public void bad(int input, BadRow row) {
            bad.add(Told.of(input, row));
        }

        @Override
        public void written(long more, long bytes) {
            rows += more;
        }
    }

    /// Lines of every kind: good, bad, blank, too long for a row or a block, with or without CR,
    /// BOM and last line end.
    private static byte[] lines(Random random) {
        StringBuilder lines = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        for (int i = random.nextInt(40); i > 0; i--) {
            lines.append(
                    switch (random.nextInt(12)) {
                        case 0 -> "";
                        case 1 -> " \t ";
                        case 2 -> "{\"id\":1.5}";
                        case 3 -> "nonsense";
                        case 4 -> "{\"text\":\"" + "x".repeat(random.nextInt(700)) + "\"}";
                        case 5 -> random.nextInt(4) == 0 ? "y".repeat(random.nextInt(4_000)) : "{}";
                        case 6 -> "{\"new\":[1,{\"deep\":null}],\"id\":" + i + "}";
                        default -> "{\"id\":" + i + ",\"text\":\"é\\n" + i + "\",\"list\":[" + i + ",null,0.5]}";
                    });
            lines.append(random.nextInt(5) == 0 ? "\r\n" : "\n");
        }
        if (random.nextBoolean()) {
            lines.append("{\"id\":99}").append(random.nextInt(3) == 0 ? "\r" : "");
        }
        return lines.toString().getBytes(UTF_8);
    }
}
