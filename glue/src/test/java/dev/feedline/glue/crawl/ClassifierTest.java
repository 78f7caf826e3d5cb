package dev.feedline.glue.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
    @TempDir
    private Path folder;

    @Test
    void theColumnsOfAParquetFileThatDuckDbWrote() throws Exception {
        byte[] file = parquet("""
                SELECT true AS b, 1::TINYINT AS i8, 1::SMALLINT AS i16, 1::INTEGER AS i32, 1::BIGINT AS i64,
                    1::UTINYINT AS u8, 1::USMALLINT AS u16, 1::UINTEGER AS u32, 1.5::FLOAT AS f, 1.5::DOUBLE AS d,
                    1.25::DECIMAL(9,2) AS dec9, 1.25::DECIMAL(18,4) AS dec18, 1.25::DECIMAL(38,10) AS dec38,
                    'x' AS s, 'x'::BLOB AS bin, DATE '2026-11-27' AS day, TIMESTAMP '2026-11-27 10:00:00' AS t,
                    TIMESTAMPTZ '2026-11-27 10:00:00+00' AS tz, [1, 2] AS list, [[1], [2]] AS lists,
                    {'a': 1, 'b': {'c': 'x'}} AS st, [{'q': 1}] AS sts, MAP {'k': 1.5::DOUBLE} AS m
                FROM range(7)""");

        Found found = Classifier.classify(source("x.parquet", file));

        assertThat(found.format().kind()).isEqualTo(FileFormat.Kind.PARQUET);
        assertThat(found.records()).isEqualTo(7);
        assertThat(types(found))
                .containsExactly(
                        "b boolean",
                        "i8 tinyint",
                        "i16 smallint",
                        "i32 int",
                        "i64 bigint",
                        "u8 smallint",
                        "u16 int",
                        "u32 bigint",
                        "f float",
                        "d double",
                        "dec9 decimal(9,2)",
                        "dec18 decimal(18,4)",
                        "dec38 decimal(38,10)",
                        "s string",
                        "bin binary",
                        "day date",
                        "t timestamp",
                        "tz timestamp",
                        "list array<int>",
                        "lists array<array<int>>",
                        "st struct<a:int,b:struct<c:string>>",
                        "sts array<struct<q:int>>",
                        "m map<string,double>");
    }

    @Test
    void aDamagedParquetFileIsOfNoKnownFormat() throws Exception {
        byte[] file = parquet("SELECT 1 AS a, [1] AS b, 'x' AS c FROM range(3)");
        Random random = new Random(20_261_127);

        assertThat(kind(Arrays.copyOf(file, file.length - 1))).isEqualTo(FileFormat.Kind.UNKNOWN);
        assertThat(kind(Arrays.copyOf(file, 9))).isEqualTo(FileFormat.Kind.UNKNOWN);
        int footer = file.length - 8 - length(file);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = file.clone();
            for (int bytes = 0; bytes < 3; bytes++) {
                damaged[footer + random.nextInt(length(file) + 4)] = (byte) random.nextInt(256);
            }
            assertThat(kind(damaged)).isIn(FileFormat.Kind.PARQUET, FileFormat.Kind.UNKNOWN); // and it comes to an end
        }
    }

    @Test
    void otherThingsAreOfNoKnownFormat() throws Exception {
        assertThat(kind("just a text\nof two lines\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(FileFormat.Kind.UNKNOWN);
        assertThat(kind(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 0, 0}))
                .isEqualTo(FileFormat.Kind.UNKNOWN);
        assertThat(kind(new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3})).isEqualTo(FileFormat.Kind.UNKNOWN);
        assertThat(kind("\ufeff[{\"a\": 1}, {\"a\": 2}]".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(FileFormat.Kind.JSON);
    }

    @Test
    void ofALongFileTheBeginningIsReadAndTheRestEstimated() throws Exception {
        String row = "{\"id\": 100000, \"text\": \"" + "x".repeat(76) + "\"}\n"; // 100 bytes
        byte[] file = row.repeat(200_000).getBytes(StandardCharsets.UTF_8);
        System.arraycopy("{\"id\": \"text\"".getBytes(StandardCharsets.UTF_8), 0, file, file.length - row.length(), 13);

        Found found = Classifier.classify(source("x.json", file));

        assertThat(types(found)).containsExactly("id bigint", "text string");
        assertThat(found.records()).isBetween(199_000L, 201_000L);
    }

    @Test
    void aHeaderIsAsWideAsMostRows() throws Exception {
        assertThat(types(csv("id,name\n1,a\n2,b,too much\n3,c\n"))).containsExactly("id bigint", "name string");
        assertThat(types(csv("id,name,more\n1,a\n2,b\n"))).containsExactly("id bigint", "name string", "more string");
        assertThat(types(csv("a title,of it\nid,name,x\n1,a,2\n2,b,3\n")))
                .containsExactly("col0 string", "col1 string", "col2 string");
    }

    private static Found csv(String text) throws Exception {
        return Classifier.classify(source("x.csv", text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatTwoTypesHaveInCommon() {
        assertThat(common("int", "bigint")).isEqualTo("bigint");
        assertThat(common("bigint", "double")).isEqualTo("double");
        assertThat(common("string", "int")).isEqualTo("string");
        assertThat(common("date", "timestamp")).isEqualTo("string");
        assertThat(ColumnType.common(new ColumnType.Decimal(9, 2), new ColumnType.Plain("bigint"))
                        .glue())
                .isEqualTo("decimal(21,2)");
        assertThat(ColumnType.common(new ColumnType.Decimal(9, 2), new ColumnType.Decimal(5, 4))
                        .glue())
                .isEqualTo("decimal(11,4)");
        assertThat(common("smallint", "float")).isEqualTo("float");
        assertThat(common("int", "float")).isEqualTo("double");
        assertThat(common("float", "bigint")).isEqualTo("double");
        assertThat(common("float", "float")).isEqualTo("float");
        assertThat(common(new ColumnType.Decimal(9, 2), new ColumnType.Plain("float")))
                .isEqualTo("double");
        assertThat(common(new ColumnType.Decimal(38, 10), new ColumnType.Decimal(38, 2)))
                .isEqualTo("string"); // 36 digits before the point and ten behind it
        assertThat(common(new ColumnType.Plain("bigint"), new ColumnType.Decimal(38, 20)))
                .isEqualTo("string");
        assertThat(common(new ColumnType.Plain("int"), new ColumnType.Decimal(38, 28)))
                .isEqualTo("decimal(38,28)");
        assertThat(common(new ColumnType.Decimal(9, 2), new ColumnType.ReadDecimal(2)))
                .isEqualTo("string");
        assertThat(common(new ColumnType.ReadDecimal(1), new ColumnType.ReadDecimal(2)))
                .isEqualTo("decimal(38,2)");
        assertThat(common(new ColumnType.Plain("bigint"), new ColumnType.ReadDecimal(2)))
                .isEqualTo("decimal(38,2)");
        assertThat(common(new ColumnType.ReadDecimal(20), new ColumnType.Plain("bigint")))
                .isEqualTo("string");
    }

    private static String common(ColumnType one, ColumnType other) {
        return ColumnType.common(one, other).glue();
    }

    private static String common(String one, String other) {
        return ColumnType.common(new ColumnType.Plain(one), new ColumnType.Plain(other))
                .glue();
    }

    private static FileFormat.Kind kind(byte[] file) throws Exception {
        return Classifier.classify(source("x", file)).format().kind();
    }

    private static int length(byte[] file) {
        return java.nio.ByteBuffer.wrap(file)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt(file.length - 8);
    }

    private static List<String> types(Found found) {
        return found.columns().entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue().glue())
                .toList();
    }

    private byte[] parquet(String query) throws Exception {
        Path file = folder.resolve("x.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(file);
    }

    private static Source source(String key, byte[] bytes) {
        return new Source() {
            @Override
            public String key() {
                return key;
            }

            @Override
            public long bytes() {
                return bytes.length;
            }

            @Override
            public InputStream open(long from, long count) {
                return new ByteArrayInputStream(bytes, (int) from, (int) Math.min(count, bytes.length - from));
            }
        };
    }
}
