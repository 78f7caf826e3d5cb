package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blocks of the input become row groups, several of them one, with one dictionary.
class RowGroupsOfBlocksTest {
    private static final RowLimits LIMITS = new RowLimits(600, 20, 100, 50);
    private static final SchemaPolicy FROZEN =
            new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.QUARANTINE);
    private static final int BLOCK = 10_000;
    private static final long PLAIN = 0;
    private static final long RLE_DICTIONARY = 8;

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

    @Test
    void aRowGroupEndsWithTheBlockThatGivesItEnoughRows() throws Exception {
        // 100 bytes a row, so 100 rows a block.
        var layout = converted(numbers(), i -> i % 10, 1_000, ParquetOptions.DEFAULT, 250);
        assertThat(layout.rowGroups()).extracting(group -> group.number(3)).containsExactly(300L, 300L, 300L, 100L);
        var one = converted(numbers(), i -> i % 10, 1_000, ParquetOptions.DEFAULT, 1);
        assertThat(one.rowGroups()).hasSize(10);
        var all = converted(numbers(), i -> i % 10, 1_000, ParquetOptions.DEFAULT, 1_000_000);
        assertThat(all.rowGroups()).hasSize(1);
    }

    @Test
    void aRowGroupEndsWithTheBlockThatFillsIt() throws Exception {
        // Eight bytes a value, which no codec makes fewer.
        var options =
                ParquetOptions.DEFAULT.compression(Compression.UNCOMPRESSED).rowGroupBytes(2_000);
        var layout = converted(numbers(), i -> i * 7L, 1_000, options, 1_000_000);
        assertThat(layout.rowGroups()).extracting(group -> group.number(3)).containsExactly(300L, 300L, 300L, 100L);
    }

    @Test
    void rowsOfSeveralInputsAreInOneRowGroup() throws Exception {
        var inputs = IntStream.range(0, 5)
                .mapToObj(i -> ("{\"v\":" + i + "}\n").getBytes(UTF_8))
                .toArray(byte[][]::new);
        var converted =
                Converted.of(folder, settings(numbers(), ParquetOptions.DEFAULT, 100, 2), Reading.JSON_LINES, inputs);
        var layout = FileLayout.of(Files.readAllBytes(converted.file()));
        assertThat(layout.rowGroups()).extracting(group -> group.number(3)).containsExactly(5L);
    }

    @Test
    void theDictionaryHasEachValueOnce() throws Exception {
        // Each block brings ten values more, and uses those of the blocks before.
        var layout = converted(numbers(), i -> i * 31 % (10 * (1 + i / 100)), 1_000, ParquetOptions.DEFAULT, 1_000);
        var pages = layout.pages(layout.chunks(0).get(0));
        assertThat(pages).hasSize(11);
        assertThat(pages.get(0).isDictionary()).isTrue();
        assertThat(pages.get(0).entries()).isEqualTo(100);
        assertThat(pages.subList(1, 11))
                .extracting(FileLayout.FoundPage::encoding)
                .containsOnly(RLE_DICTIONARY);
    }

    @Test
    void blocksAfterTheOneThatFillsTheDictionaryDoWithout() throws Exception {
        for (var schema : List.of(numbers(), Written.schema("v", "string", "pad", "string"))) {
            // Sixty values a block, of which the dictionary takes 125 numbers.
            var options = ParquetOptions.DEFAULT.pageBytes(1_000);
            var layout = converted(schema, i -> 1_000 + 60 * (i / 100) + i % 60 % 40, 1_000, options, 1_000);
            var chunk = layout.chunks(0).get(0);
            var pages = layout.pages(chunk);
            assertThat(pages.get(0).isDictionary()).isTrue();
            var encodings =
                    pages.stream().skip(1).map(FileLayout.FoundPage::encoding).toList();
            assertThat(encodings).startsWith(RLE_DICTIONARY).endsWith(PLAIN);
            assertThat(encodings.lastIndexOf(RLE_DICTIONARY)).isLessThan(encodings.indexOf(PLAIN));
            assertThat(chunk.struct(3).<Long>list(2)).containsExactlyInAnyOrder(PLAIN, 3L, RLE_DICTIONARY);
            assertThat(chunk.struct(3).<ThriftStruct>list(13))
                    .extracting(stats -> List.of(stats.number(1), stats.number(2), stats.number(3)))
                    .containsExactly(
                            List.of(2L, PLAIN, 1L),
                            List.of(
                                    0L,
                                    PLAIN,
                                    encodings.stream().filter(e -> e == PLAIN).count()),
                            List.of(
                                    0L,
                                    RLE_DICTIONARY,
                                    encodings.stream()
                                            .filter(e -> e == RLE_DICTIONARY)
                                            .count()));
        }
    }

    @Test
    void aBlockOfOtherValuesEndsTheDictionary() throws Exception {
        var layout = converted(numbers(), i -> i / 100 == 3 ? i * 7L : i % 10, 1_000, ParquetOptions.DEFAULT, 1_000);
        assertThat(layout.pages(layout.chunks(0).get(0)))
                .extracting(FileLayout.FoundPage::encoding)
                .startsWith(PLAIN, RLE_DICTIONARY, RLE_DICTIONARY, RLE_DICTIONARY, PLAIN)
                .endsWith(PLAIN);
    }

    @Test
    void blocksOfNullsDoNot() throws Exception {
        var layout = converted(numbers(), i -> i / 200 % 2 == 0 ? null : i % 10, 1_000, ParquetOptions.DEFAULT, 1_000);
        assertThat(layout.pages(layout.chunks(0).get(0)))
                .extracting(FileLayout.FoundPage::encoding)
                .containsExactly(
                        PLAIN,
                        PLAIN,
                        PLAIN,
                        RLE_DICTIONARY,
                        RLE_DICTIONARY,
                        RLE_DICTIONARY,
                        RLE_DICTIONARY,
                        RLE_DICTIONARY,
                        RLE_DICTIONARY,
                        RLE_DICTIONARY,
                        RLE_DICTIONARY);
    }

    @Test
    void blocksOfNullsInListsDoWhenTheyComeFirst() throws Exception {
        var lists = Written.schema("v", "array<bigint>");
        for (int nulls : new int[] {0, 2}) {
            var lines = new StringBuilder();
            for (int i = 0; i < 1_000; i++) {
                var json = i / 100 % 4 == nulls ? "{\"v\":[null]" : "{\"v\":[" + i % 10 + "," + i % 7 + "]";
                lines.append(json).append(" ".repeat(98 - json.length())).append("}\n");
            }
            var converted = Converted.of(
                    folder,
                    settings(lists, ParquetOptions.DEFAULT, 1_000, 2),
                    Reading.JSON_LINES,
                    lines.toString().getBytes(UTF_8));
            var layout = FileLayout.of(Files.readAllBytes(converted.file()));
            assertThat(layout.pages(layout.chunks(0).get(0)).stream()
                            .skip(nulls == 0 ? 0 : 1)
                            .map(FileLayout.FoundPage::encoding))
                    .hasSize(10)
                    .containsOnly(nulls == 0 ? PLAIN : RLE_DICTIONARY);
        }
    }

    @Test
    void aSmallerFileIsAsItWouldBeWithoutParts() throws Exception {
        var one = converted(numbers(), i -> i % 10, 90, ParquetOptions.DEFAULT, 1_000);
        var alone = converted(numbers(), i -> i % 10, 90, ParquetOptions.DEFAULT, 1);
        assertThat(one.file()).isEqualTo(alone.file());
    }

    private static Schema numbers() {
        return Written.schema("v", "bigint", "pad", "string");
    }

    /// A file of these values, which is the same whatever the threads, and which DuckDB reads.
    private FileLayout converted(
            Schema schema, IntFunction<Object> value, int rows, ParquetOptions options, long rowsOfGroup)
            throws Exception {
        var expected = new ArrayList<Object[]>();
        var isText = schema.columns().get(0).type() instanceof dev.feedline.rows.Type.Text;
        var lines = IntStream.range(0, rows)
                .mapToObj(i -> {
                    var number = value.apply(i) instanceof Number some ? some.longValue() : null;
                    var shown = isText ? String.valueOf(number) : number;
                    expected.add(new Object[] {shown, null});
                    var json = "{\"v\":" + (isText ? "\"" + shown + "\"" : shown) + ",\"pad\":null";
                    return json + " ".repeat(98 - json.length()) + "}\n";
                })
                .collect(Collectors.joining())
                .getBytes(UTF_8);
        var converted = Converted.of(folder, settings(schema, options, rowsOfGroup, 1), Reading.JSON_LINES, lines);
        assertThat(converted.bad()).isEmpty();
        var file = Files.readAllBytes(converted.file());
        for (int threads : new int[] {2, 3, 7}) {
            var other =
                    Converted.of(folder, settings(schema, options, rowsOfGroup, threads), Reading.JSON_LINES, lines);
            assertThat(other.file()).as("%d threads", threads).hasBinaryContent(file);
        }
        assertThat(duckDb.rows(converted.file(), schema)).isEqualTo(Seen.rows(expected));
        return FileLayout.of(file);
    }

    private static ConversionSettings settings(Schema schema, ParquetOptions options, long rowsOfGroup, int threads) {
        return new ConversionSettings(schema, FROZEN, LIMITS, options, BLOCK, rowsOfGroup, threads);
    }
}
