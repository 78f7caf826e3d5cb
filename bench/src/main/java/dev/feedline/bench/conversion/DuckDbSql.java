package dev.feedline.bench.conversion;

import dev.feedline.rows.Column;
import dev.feedline.rows.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A cell's work in DuckDB's words.
final class DuckDbSql {
    private DuckDbSql() {}

    static String threads(Cell cell) {
        return "SET threads = " + cell.threads();
    }

    static String convert(Cell cell, Path out) {
        String columns = cell.isExplicit()
                ? ", columns = " + columns(cell.data().schema().columns())
                : "";
        return "COPY (SELECT * FROM read_json(" + literal(cell.data().input().toString())
                + ", format = 'newline_delimited'"
                + columns + ")) TO " + literal(out.toString()) + " (FORMAT parquet, COMPRESSION "
                + cell.codec().name().toLowerCase(Locale.ROOT) + ")";
    }

    private static String columns(List<Column> columns) {
        return columns.stream()
                .map(column -> literal(column.name()) + ": " + literal(type(column.type())))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /// DuckDB's name of a type; a moment is its TIMESTAMP, which costs it less than one with a
    /// zone.
    static String type(Type type) {
        return switch (type) {
            case Type.Bool b -> "BOOLEAN";
            case Type.Int64 i -> "BIGINT";
            case Type.Float64 f -> "DOUBLE";
            case Type.Decimal decimal -> "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case Type.Text t -> "VARCHAR";
            case Type.Date d -> "DATE";
            case Type.Timestamp t -> "TIMESTAMP";
            case Type.ListOf list -> type(list.element()) + "[]";
            case Type.Struct struct ->
                struct.fields().stream()
                        .map(field -> name(field.name()) + " " + type(field.type()))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
        };
    }

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
