package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Column;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The statistics of a converted file, as parquet-java reads them, against the values that [Oracle] finds in
/// the JSON: those of every row group and of every page.
class ConvertedStatisticsTest {
    private static final int ROWS = 600;
    private static final int LONGEST_BOUND = 64;
    private static final RowLimits LIMITS = new RowLimits(20_000, 20, 100, 100);

    @TempDir
    Path folder;

    record Combination(
            GeneratedJsonTest.Of of,
            JsonMaker.Range range,
            JsonMaker.Nulls nulls,
            int distinct,
            NumberEncoding numbers) {}

    static Stream<Combination> combinations() {
        return Stream.of(GeneratedJsonTest.Of.values())
                .flatMap(of -> Stream.of(JsonMaker.Range.values())
                        .flatMap(range -> Stream.of(JsonMaker.Nulls.SOMETIMES, JsonMaker.Nulls.ALWAYS)
                                .flatMap(nulls -> Stream.of(5, 1 << 30)
                                        .flatMap(distinct -> Stream.of(NumberEncoding.values())
                                                .map(numbers ->
                                                        new Combination(of, range, nulls, distinct, numbers))))));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void boundsAndNullsAreThoseOfTheValues(Combination combination) throws Exception {
        var type = Type.parse(combination.of.type);
        var schema = new Schema(List.of(new Column("v", type)));
        var maker = new JsonMaker(
                combination.toString().hashCode(),
                combination.nulls,
                JsonMaker.KeyOrder.AS_IN_THE_SCHEMA,
                JsonMaker.Escapes.FEW,
                combination.range,
                combination.distinct);
        var rows = Stream.generate(() -> maker.row(schema)).limit(ROWS).toList();
        var oracle = new Oracle(schema, SchemaPolicy.DEFAULT, LIMITS);
        var values = rows.stream()
                .map(row -> ((Seen.Fields) oracle.row(row.getBytes(UTF_8)).values())
                        .values()
                        .getFirst())
                .toList();
        var settings = new ConversionSettings(
                schema,
                SchemaPolicy.DEFAULT,
                LIMITS,
                ParquetOptions.DEFAULT.pageBytes(100).numbers(combination.numbers),
                LIMITS.maxRowBytes() + 1,
                2);
        var converted = Converted.of(
                folder, settings, Reading.JSON_LINES, String.join("\n", rows).getBytes(UTF_8));
        assertThat(converted.bad()).isEmpty();

        var options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (var reader = ParquetFileReader.open(new LocalInputFile(converted.file()), options)) {
            int from = 0;
            for (var block : reader.getFooter().getBlocks()) {
                int to = from + (int) block.getRowCount();
                assertChunk(type, reader, block.getColumns().getFirst(), values.subList(from, to));
                from = to;
            }
            assertThat(from).isEqualTo(ROWS);
        }
    }

    private static void assertChunk(Type type, ParquetFileReader reader, ColumnChunkMetaData chunk, List<Object> values)
            throws Exception {
        var statistics = chunk.getStatistics();
        assertThat(statistics.getNumNulls()).isEqualTo(nulls(values));
        if (nulls(values) == values.size()) {
            assertThat(statistics.hasNonNullValue()).isFalse();
        } else {
            assertBounds(type, statistics.getMinBytes(), statistics.getMaxBytes(), values);
        }
        var index = reader.readColumnIndex(chunk);
        var places = reader.readOffsetIndex(chunk);
        for (int page = 0; page < places.getPageCount(); page++) {
            var inPage = values.subList(
                    (int) places.getFirstRowIndex(page), (int) places.getLastRowIndex(page, values.size()) + 1);
            assertThat(index.getNullCounts().get(page)).isEqualTo(nulls(inPage));
            assertThat(index.getNullPages().get(page)).isEqualTo(nulls(inPage) == inPage.size());
            if (nulls(inPage) < inPage.size()) {
                assertBounds(
                        type,
                        bytes(index.getMinValues().get(page)),
                        bytes(index.getMaxValues().get(page)),
                        inPage);
            }
        }
    }

    private static void assertBounds(Type type, byte[] min, byte[] max, List<Object> values) {
        if (type instanceof Type.Text) {
            assertTextBounds(min, max, values);
            return;
        }
        var numbers = values.stream()
                .filter(Objects::nonNull)
                .map(ConvertedStatisticsTest::number)
                .toList();
        assertThat(bound(type, min))
                .isEqualByComparingTo(
                        numbers.stream().min(Comparator.naturalOrder()).orElseThrow());
        assertThat(bound(type, max))
                .isEqualByComparingTo(
                        numbers.stream().max(Comparator.naturalOrder()).orElseThrow());
        if (type instanceof Type.Float64) {
            // A zero below is the negative one and above the positive, whichever there are.
            assertThat(little(min).getDouble(0) == 0
                            && Double.doubleToRawLongBits(little(min).getDouble(0)) == 0)
                    .isFalse();
            assertThat(Double.doubleToRawLongBits(little(max).getDouble(0))).isNotEqualTo(Long.MIN_VALUE);
        }
    }

    private static void assertTextBounds(byte[] min, byte[] max, List<Object> values) {
        Comparator<byte[]> order = Arrays::compareUnsigned;
        var texts = values.stream()
                .filter(Objects::nonNull)
                .map(text -> ((String) text).getBytes(UTF_8))
                .sorted(order)
                .toList();
        assertThat(order.compare(min, texts.getFirst())).isLessThanOrEqualTo(0);
        assertThat(order.compare(max, texts.getLast())).isGreaterThanOrEqualTo(0);
        assertThat(texts.getFirst()).startsWith(min);
        if (texts.getFirst().length <= LONGEST_BOUND) {
            assertThat(min).isEqualTo(texts.getFirst());
        }
        if (texts.getLast().length <= LONGEST_BOUND) {
            assertThat(max).isEqualTo(texts.getLast());
        }
        assertThat(List.of(min, max))
                .allSatisfy(bound -> assertThat(Json.decoded(bound)).isNotNull());
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case Boolean bool -> bool ? BigDecimal.ONE : BigDecimal.ZERO;
            case Long number -> BigDecimal.valueOf(number);
            case BigDecimal number -> number;
            case LocalDate day -> BigDecimal.valueOf(day.toEpochDay());
            case Instant moment -> BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
            // Doubles, as Seen shows them.
            case String bits -> new BigDecimal(Double.longBitsToDouble(Long.parseUnsignedLong(bits.substring(7), 16)));
            default -> throw new IllegalArgumentException(value.getClass().toString());
        };
    }

    private static BigDecimal bound(Type type, byte[] plain) {
        return switch (type) {
            case Type.Bool _ -> BigDecimal.valueOf(plain[0]);
            case Type.Float64 _ -> new BigDecimal(little(plain).getDouble(0));
            case Type.Decimal decimal
            when plain.length > Long.BYTES -> new BigDecimal(new BigInteger(plain), decimal.scale());
            case Type.Decimal decimal -> BigDecimal.valueOf(integer(plain), decimal.scale());
            default -> BigDecimal.valueOf(integer(plain));
        };
    }

    private static long integer(byte[] plain) {
        return plain.length == Integer.BYTES
                ? little(plain).getInt(0)
                : little(plain).getLong(0);
    }

    private static ByteBuffer little(byte[] plain) {
        return ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static long nulls(List<Object> values) {
        return values.stream().filter(Objects::isNull).count();
    }
}
