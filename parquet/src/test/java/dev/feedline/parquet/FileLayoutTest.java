package dev.feedline.parquet;

import static dev.feedline.parquet.Written.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies where in a file, told apart by the specification and not by our own code.
class FileLayoutTest {
    private static final long PLAIN = 0;
    private static final long RLE = 3;
    private static final long DELTA_BINARY_PACKED = 5;
    private static final long RLE_DICTIONARY = 8;

    private static final Schema MANY_SHAPES =
            schema("n", "bigint", "t", "string", "b", "boolean", "l", "array<struct<x:double,y:array<string>>>");

    @Test
    void everyPageHasTheChecksumOfItsBytes() {
        var layout = manyPages();
        for (var group : layout.rowGroups()) {
            for (ThriftStruct chunk : group.<ThriftStruct>list(1)) {
                for (var page : layout.pages(chunk)) {
                    var crc = new CRC32();
                    crc.update(page.body());
                    assertThat((int) page.header().number(4)).isEqualTo((int) crc.getValue());
                }
            }
        }
    }

    @Test
    void theOffsetIndexFindsEveryDataPage() {
        var layout = manyPages();
        assertThat(layout.rowGroups().size()).isGreaterThan(1);
        for (var group : layout.rowGroups()) {
            for (ThriftStruct chunk : group.<ThriftStruct>list(1)) {
                var pages = dataPages(layout, chunk);
                var index = layout.offsetIndex(chunk);
                assertThat(index)
                        .extracting(place -> place.number(1))
                        .containsExactlyElementsOf(
                                pages.stream().map(FileLayout.FoundPage::offset).toList());
                assertThat(index)
                        .extracting(place -> (int) place.number(2))
                        .containsExactlyElementsOf(
                                pages.stream().map(FileLayout.FoundPage::size).toList());
                assertThat(index.get(0).number(3)).isZero();
                assertThat(index)
                        .extracting(place -> place.number(3))
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(index.get(index.size() - 1).number(3)).isLessThan(group.number(3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1 << 30})
    void everyPageBeginsWithARow(int distinct) {
        var schema = schema("l", "array<bigint>");
        var options = new ParquetOptions(Compression.UNCOMPRESSED, 1 << 20, 100, Map.of(), "test");
        var rows = new RowGenerator(6, 0.1, distinct).rows(schema, 2_000);
        var layout = FileLayout.of(Written.bytes(schema, options, rows));
        var pages = dataPages(layout, layout.chunks(0).get(0));
        assertThat(pages).hasSizeGreaterThan(5);
        // Repetition levels come first: four bytes of length, a header, and in the lowest bit the first level.
        assertThat(pages).extracting(page -> page.body()[5] & 1).containsOnly(0);
    }

    @Test
    void chunksLieOneAfterAnotherAndTheirSizesAddUp() {
        var layout = manyPages();
        long expected = 4;
        for (var group : layout.rowGroups()) {
            assertThat(group.number(5)).isEqualTo(expected);
            long uncompressed = 0;
            for (ThriftStruct chunk : group.<ThriftStruct>list(1)) {
                var pages = layout.pages(chunk);
                assertThat(pages.get(0).offset()).isEqualTo(expected);
                expected += pages.stream().mapToLong(FileLayout.FoundPage::size).sum();
                uncompressed += chunk.struct(3).number(6);
                assertThat(pages.stream()
                                .filter(page -> !page.isDictionary())
                                .mapToLong(FileLayout.FoundPage::entries)
                                .sum())
                        .isEqualTo(chunk.struct(3).number(5));
            }
            assertThat(group.number(2)).isEqualTo(uncompressed);
            assertThat(group.number(5) + group.number(6)).isEqualTo(expected);
        }
    }

    @Test
    void fewValuesGetADictionaryAndManyDoNot() {
        var schema = schema("few", "string", "many", "string", "small", "bigint", "wide", "bigint", "no", "string");
        var rows = IntStream.range(0, 20_000)
                .mapToObj(i -> new Object[] {"value " + i % 10, "value " + i, i % 1000L, i * 7L, null})
                .toList();
        var layout = FileLayout.of(Written.bytes(schema, ParquetOptions.DEFAULT.pageBytes(100_000), rows));
        assertThat(layout.chunks(0))
                .extracting(chunk -> dataPages(layout, chunk).stream()
                        .map(FileLayout.FoundPage::encoding)
                        .distinct()
                        .toList())
                .containsExactly(
                        List.of(RLE_DICTIONARY),
                        List.of(PLAIN),
                        List.of(RLE_DICTIONARY),
                        List.of(PLAIN),
                        List.of(PLAIN));
        assertThat(layout.chunks(0))
                .extracting(chunk -> chunk.struct(3).has(11))
                .containsExactly(true, false, true, false, false);
    }

    @Test
    void deltasAreWrittenWhereTheyAreAskedForAndSmaller() {
        var schema = schema(
                "rising",
                "bigint",
                "few",
                "bigint",
                "moment",
                "timestamp",
                "price",
                "decimal(9,2)",
                "any",
                "bigint",
                "real",
                "double",
                "text",
                "string",
                "no",
                "bigint");
        var random = new Random(5);
        var rows = IntStream.range(0, 20_000)
                .mapToObj(i -> new Object[] {
                    i * 7L,
                    i % 10L,
                    Instant.ofEpochSecond(1_700_000_000L + i * 60L + random.nextInt(60)),
                    BigDecimal.valueOf(random.nextInt(100_000), 2),
                    random.nextLong(),
                    (double) i,
                    "value " + i,
                    null
                })
                .toList();
        var options = ParquetOptions.DEFAULT.numbers(NumberEncoding.DELTA_BINARY_PACKED);
        var layout = FileLayout.of(Written.bytes(schema, options, rows));
        assertThat(layout.chunks(0))
                .extracting(chunk -> dataPages(layout, chunk).stream()
                        .map(FileLayout.FoundPage::encoding)
                        .distinct()
                        .toList())
                .containsExactly(
                        List.of(DELTA_BINARY_PACKED),
                        List.of(RLE_DICTIONARY),
                        List.of(DELTA_BINARY_PACKED),
                        List.of(DELTA_BINARY_PACKED),
                        List.of(PLAIN),
                        List.of(PLAIN),
                        List.of(PLAIN),
                        List.of(PLAIN));
        var rising = layout.chunks(0).get(0).struct(3);
        assertThat(rising.<Long>list(2)).containsExactly(RLE, DELTA_BINARY_PACKED);
        assertThat(rising.<ThriftStruct>list(13))
                .extracting(stats -> List.of(stats.number(1), stats.number(2), stats.number(3)))
                .containsExactly(List.of(0L, DELTA_BINARY_PACKED, 1L));
        assertThat(rising.number(7)).isLessThan(1_000);
        var plain = FileLayout.of(Written.bytes(schema, ParquetOptions.DEFAULT, rows));
        assertThat(plain.chunks(0))
                .extracting(chunk -> dataPages(plain, chunk).get(0).encoding())
                .doesNotContain(DELTA_BINARY_PACKED);
    }

    /// Values that differ in few of their bits, as real ones do.
    @Test
    void valuesThatLookAlikeKeepTheirDictionary() {
        var schema = schema(
                "customer",
                "string",
                "suffix",
                "string",
                "hex",
                "string",
                "price",
                "decimal(38,2)",
                "whole",
                "double",
                "hour",
                "timestamp",
                "shifted",
                "bigint",
                "day",
                "date");
        var rows = IntStream.range(0, 120_000)
                .map(i -> i % 20_000)
                .mapToObj(i -> new Object[] {
                    "customer-%06d".formatted(i),
                    "%05d@example.com".formatted(i),
                    "%016x".formatted(i * 0x1234567L),
                    BigDecimal.valueOf(i, 2),
                    (double) i,
                    Instant.ofEpochSecond(i * 3_600L),
                    (long) i << 40,
                    LocalDate.ofEpochDay(i)
                })
                .toList();
        var layout = FileLayout.of(Written.bytes(schema, ParquetOptions.DEFAULT, rows));
        assertThat(layout.chunks(0))
                .allSatisfy(chunk -> assertThat(chunk.struct(3).has(11)).isTrue());
    }

    @Test
    void aColumnWhoseDictionaryWasFullDoesWithoutForSevenRowGroups() {
        var rows = LongStream.range(0, 5_000)
                .mapToObj(i -> new Object[] {i < 500 ? i * 7 : i % 5})
                .toList();
        var options = new ParquetOptions(Compression.UNCOMPRESSED, 2_500, 400, Map.of(), "test");
        var layout = FileLayout.of(Written.bytes(schema("n", "bigint"), options, rows));
        var dictionaries = IntStream.range(0, layout.rowGroups().size())
                .mapToObj(group -> layout.chunks(group).get(0).struct(3).has(11))
                .toList();
        assertThat(dictionaries.subList(0, 8)).containsOnly(false);
        assertThat(dictionaries.subList(8, dictionaries.size())).isNotEmpty().containsOnly(true);
    }

    @Test
    void aPageIsAboutAsLargeAsAsked() {
        var rows = LongStream.range(0, 100_000)
                .mapToObj(i -> new Object[] {i * 1_000_003})
                .toList();
        var layout =
                FileLayout.of(Written.bytes(schema("n", "bigint"), ParquetOptions.DEFAULT.pageBytes(80_000), rows));
        var pages = dataPages(layout, layout.chunks(0).get(0));
        assertThat(pages.subList(0, pages.size() - 1))
                .allSatisfy(page -> assertThat(page.header().number(2)).isBetween(76_000L, 80_100L));
    }

    @Test
    void aPageOfNullsEndsAtAMillionEntries() {
        int most = ColumnWriter.MAX_PAGE_ENTRIES;
        var rows = Collections.nCopies(most + 1, new Object[] {null});
        var layout = FileLayout.of(Written.bytes(schema("n", "bigint"), ParquetOptions.DEFAULT, rows));
        assertThat(dataPages(layout, layout.chunks(0).get(0)))
                .extracting(FileLayout.FoundPage::entries)
                .containsExactly((long) most, 1L);
    }

    @Test
    void aRowGroupEndsWhenItHoldsWhatItMay() {
        var rows = LongStream.range(0, 100_000)
                .mapToObj(i -> new Object[] {i, "some text " + i})
                .toList();
        var layout = FileLayout.of(Written.bytes(
                schema("n", "bigint", "t", "string"), ParquetOptions.DEFAULT.rowGroupBytes(500_000), rows));
        assertThat(layout.rowGroups().size()).isBetween(4, 20);
        assertThat(layout.rowGroups().stream()
                        .mapToLong(group -> group.number(3))
                        .sum())
                .isEqualTo(100_000);
        assertThat(layout.rowGroups())
                .allSatisfy(group -> assertThat(group.number(2)).isLessThan(500_000));
    }

    @Test
    void metadataIsWrittenInTheOrderOfItsKeys() {
        var options = ParquetOptions.DEFAULT.keyValueMetadata(Map.of("b", "2", "a", "1", "c", "Größe"));
        var layout = FileLayout.of(Written.bytes(schema("n", "bigint"), options, List.of()));
        assertThat(layout.footer().<ThriftStruct>list(5))
                .extracting(entry -> entry.text(1) + "=" + entry.text(2))
                .containsExactly("a=1", "b=2", "c=Größe");
        assertThat(layout.footer().text(6)).isEqualTo("feedline version 0.1.0");
    }

    @Test
    void theSameRowsGiveTheSameBytes() {
        var rows = new RowGenerator(5, 0.2, 100).rows(MANY_SHAPES, 2_000);
        for (var compression : Compression.values()) {
            var options = ParquetOptions.DEFAULT
                    .compression(compression)
                    .pageBytes(1000)
                    .rowGroupBytes(50_000);
            assertThat(Written.bytes(MANY_SHAPES, options, rows)).isEqualTo(Written.bytes(MANY_SHAPES, options, rows));
        }
    }

    private static FileLayout manyPages() {
        var rows = new ArrayList<Object[]>();
        rows.addAll(new RowGenerator(1, 0.2, 20).rows(MANY_SHAPES, 1_000));
        rows.addAll(new RowGenerator(2, 0.1, 1 << 30).rows(MANY_SHAPES, 1_000));
        return FileLayout.of(Written.bytes(
                MANY_SHAPES, ParquetOptions.DEFAULT.pageBytes(1_000).rowGroupBytes(50_000), rows));
    }

    private static List<FileLayout.FoundPage> dataPages(FileLayout layout, ThriftStruct chunk) {
        return layout.pages(chunk).stream().filter(page -> !page.isDictionary()).toList();
    }
}
