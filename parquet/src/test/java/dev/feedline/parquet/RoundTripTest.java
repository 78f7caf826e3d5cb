package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Generated rows, over all combinations of the axes below, come back from every reader value by value.
class RoundTripTest {
    private static final List<String> LEAVES = List.of(
            "boolean",
            "bigint",
            "double",
            "decimal(9,2)",
            "decimal(18,5)",
            "decimal(19,0)",
            "decimal(38,37)",
            "string",
            "date",
            "timestamp");
    private static final int ROWS = 100;
    private static final int BATCH_ROWS = 7;
    private static final int MANY_ROWS = 10_000;

    enum Nulls {
        NO(0),
        SOME(0.3),
        ALL(1);

        final double share;

        Nulls(double share) {
            this.share = share;
        }
    }

    enum Nesting {
        FLAT("%s"),
        STRUCT("struct<a:%s>"),
        LIST("array<%s>"),
        LISTS("array<array<%s>>"),
        STRUCTS_IN_A_LIST("array<struct<a:struct<b:%s>,c:array<bigint>>>");

        final String type;

        Nesting(String type) {
            this.type = type;
        }
    }

    enum Values {
        ONE(1),
        FEW(20),
        MANY(1 << 30);

        final int distinct;

        Values(int distinct) {
            this.distinct = distinct;
        }
    }

    @SuppressWarnings("ImmutableEnumChecker")
    enum Layout {
        ONE_PAGE(ParquetOptions.DEFAULT),
        SMALL_PAGES(ParquetOptions.DEFAULT.pageBytes(150).compression(Compression.ZSTD)),
        SMALL_ROW_GROUPS(
                ParquetOptions.DEFAULT.pageBytes(400).rowGroupBytes(20_000).compression(Compression.UNCOMPRESSED)),
        DELTAS(ParquetOptions.DEFAULT.pageBytes(1_000).numbers(NumberEncoding.DELTA_BINARY_PACKED));

        final ParquetOptions options;

        Layout(ParquetOptions options) {
            this.options = options;
        }
    }

    record Combination(Nesting nesting, Nulls nulls, Values values, Layout layout) {}

    private static DuckDb duckDb;

    @TempDir
    Path folder;

    @BeforeAll
    static void openDuckDb() throws SQLException {
        duckDb = new DuckDb();
    }

    @AfterAll
    static void closeDuckDb() throws SQLException {
        duckDb.close();
    }

    static Stream<Combination> combinations() {
        var combinations = new ArrayList<Combination>();
        for (var nesting : Nesting.values()) {
            for (var nulls : Nulls.values()) {
                for (var values : Values.values()) {
                    for (var layout : Layout.values()) {
                        combinations.add(new Combination(nesting, nulls, values, layout));
                    }
                }
            }
        }
        return combinations.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyValueComesBackFromEveryReader(Combination combination) throws Exception {
        var schema = schema(combination.nesting);
        var rows = new RowGenerator(
                        combination.toString().hashCode(), combination.nulls.share, combination.values.distinct)
                .rows(schema, ROWS);
        var file = Written.file(folder, schema, combination.layout.options, rows);
        for (var reader : ForeignReader.all(duckDb)) {
            assertThat(reader.rows(file, schema)).isEqualTo(Seen.rows(rows));
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyValueOfABatchComesBack(Combination combination) throws Exception {
        var schema = schema(combination.nesting);
        var rows = new RowGenerator(
                        combination.toString().hashCode(), combination.nulls.share, combination.values.distinct)
                .rows(schema, ROWS);
        var bytes = Written.bytesOfBatches(schema, combination.layout.options, rows, BATCH_ROWS);
        var file = Files.write(Files.createTempFile(folder, "batches", ".parquet"), bytes);
        assertThat(duckDb.rows(file, schema)).isEqualTo(Seen.rows(rows));
    }

    /// The dictionary fills or is given up in the middle of a batch, and pages are cut there.
    @ParameterizedTest
    @EnumSource(Nesting.class)
    void everyValueOfALongBatchComesBackWhateverBecomesOfItsDictionary(Nesting nesting) throws Exception {
        var schema = schema(nesting);
        for (int distinct : new int[] {3_000, 1 << 30}) {
            var rows = new RowGenerator(nesting.ordinal(), 0.1, distinct).rows(schema, MANY_ROWS);
            var options = ParquetOptions.DEFAULT.pageBytes(32_000).rowGroupBytes(2 << 20);
            var bytes = Written.bytesOfBatches(schema, options, rows, MANY_ROWS / 3);
            var file = Files.write(Files.createTempFile(folder, "batches", ".parquet"), bytes);
            assertThat(duckDb.rows(file, schema)).isEqualTo(Seen.rows(rows));
            assertThat(Hardwood.read(file, schema)).isEqualTo(Seen.rows(rows));
        }
    }

    private static Schema schema(Nesting nesting) {
        var columns = new ArrayList<Column>();
        for (int i = 0; i < LEAVES.size(); i++) {
            columns.add(new Column("c" + i, Type.parse(nesting.type.formatted(LEAVES.get(i)))));
        }
        return new Schema(columns);
    }
}
