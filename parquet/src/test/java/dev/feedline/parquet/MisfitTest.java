package dev.feedline.parquet;

import static dev.feedline.parquet.Written.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a file cannot hold is refused by name, and never written as something else.
class MisfitTest {
    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of("bigint", "7", "bigint and cannot hold String 7"),
                Arguments.of("bigint", 7, "bigint and cannot hold Integer 7"),
                Arguments.of("double", 1.5f, "double and cannot hold Float 1.5"),
                Arguments.of("boolean", "true", "boolean and cannot hold String true"),
                Arguments.of("string", 'c', "string and cannot hold Character c"),
                Arguments.of("string", "a\uD83D", "half a surrogate pair at index 1"),
                Arguments.of("string", "\uDE00\uD83D", "half a surrogate pair at index 0"),
                Arguments.of("decimal(4,2)", new BigDecimal("1.5"), "its scale is 1"),
                Arguments.of("decimal(4,2)", new BigDecimal("-100.00"), "it has 5 digits"),
                Arguments.of("decimal(20,0)", new BigDecimal("123456789012345678901"), "it has 21 digits"),
                Arguments.of("date", LocalDate.MAX, "overflow"),
                Arguments.of("timestamp", Instant.MAX, "finer than a microsecond"),
                Arguments.of("timestamp", Instant.parse("+300000-01-01T00:00:00Z"), "overflow"),
                Arguments.of("array<bigint>", List.of("x"), "column c.list.element is bigint"),
                Arguments.of("array<bigint>", new Object[0], "column c is a list and cannot hold Object[] of length 0"),
                Arguments.of("struct<a:bigint>", List.of(1L), "column c is a struct of 1 fields and cannot hold"),
                Arguments.of("struct<a:bigint>", new Object[2], "cannot hold Object[] of length 2"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aValueThatDoesNotFitItsColumnIsNamed(String type, Object value, String message) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new ParquetWriter(out, schema("c", type), ParquetOptions.DEFAULT)) {
            assertThatThrownBy(() -> writer.write(new Object[] {value}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
        assertThat(out.size()).isEqualTo(4);
    }

    @Test
    void aRowOfAnotherLengthIsRefusedAndTheFileGoesOn() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new ParquetWriter(out, schema("a", "bigint"), ParquetOptions.DEFAULT)) {
            assertThatThrownBy(() -> writer.write(new Object[2])).hasMessage("a row of 2 values for 1 columns");
            writer.write(new Object[] {1L});
        }
        assertThat(out.toByteArray())
                .isEqualTo(Written.bytes(
                        schema("a", "bigint"), ParquetOptions.DEFAULT, List.<Object[]>of(new Object[] {1L})));
    }

    @Test
    void aSchemaWithoutColumnsIsRefused() {
        assertThatThrownBy(
                        () -> new ParquetWriter(OutputStream.nullOutputStream(), Schema.EMPTY, ParquetOptions.DEFAULT))
                .hasMessage("a Parquet file needs at least one column");
    }

    @Test
    void aStructWithTwoFieldsOfOneNameIsRefused() {
        var twice = new Type.Struct(List.of(new Column("a", new Type.Int64()), new Column("a", new Type.Text())));
        var schema = new Schema(List.of(new Column("s", twice)));
        assertThatThrownBy(() -> new ParquetWriter(OutputStream.nullOutputStream(), schema, ParquetOptions.DEFAULT))
                .hasMessage("column s has two fields of one name");
    }

    @Test
    void aSchemaNestedTooDeepIsRefused() {
        Type type = new Type.Int64();
        for (int depth = 0; depth < 128; depth++) {
            type = new Type.ListOf(type);
        }
        var schema = new Schema(List.of(new Column("l", type)));
        assertThatThrownBy(() -> new ParquetWriter(OutputStream.nullOutputStream(), schema, ParquetOptions.DEFAULT))
                .hasMessageContaining("nested too deep: 257 levels, at most 255");
    }

    @Test
    void everyTypeOfARowHasAForm() throws IOException {
        var types = List.of(
                "boolean",
                "bigint",
                "double",
                "decimal(5,2)",
                "string",
                "date",
                "timestamp",
                "struct<a:bigint>",
                "array<bigint>");
        assertThat(types).extracting(glue -> Type.parse(glue).getClass()).containsExactlyInAnyOrder((Class[])
                Type.class.getPermittedSubclasses());
        for (var type : types) {
            new ParquetWriter(OutputStream.nullOutputStream(), schema("c", type), ParquetOptions.DEFAULT).close();
        }
    }

    @Test
    void anAbandonedFileHasNoFooter() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new ParquetWriter(out, schema("a", "bigint"), ParquetOptions.DEFAULT)) {
            writer.write(new Object[] {1L});
            writer.abandon();
        }
        assertThat(out.size()).isEqualTo(4);
    }

    @Test
    void aStreamThatFailsLeavesNoFooter() throws IOException {
        var out = new FullDisk(20);
        try (var writer = new ParquetWriter(out, schema("a", "bigint"), ParquetOptions.DEFAULT.rowGroupBytes(1))) {
            assertThatThrownBy(() -> writer.write(new Object[] {1L})).hasMessage("full");
            out.room = 1_000;
            assertThatThrownBy(() -> writer.write(new Object[] {2L})).isInstanceOf(IllegalStateException.class);
        }
        assertThat(out.writes).isEqualTo(1);
    }

    private static final class FullDisk extends OutputStream {
        private int room;
        private int writes;

        FullDisk(int room) {
            this.room = room;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > room) {
                throw new IOException("full");
            }
            room -= length;
            writes++;
        }
    }
}
