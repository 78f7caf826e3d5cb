package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.copy.Transformed.Item;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.CsvFormat;
import dev.feedline.snowflake.sql.DuckType;
import dev.feedline.snowflake.sql.JsonFormat;
import dev.feedline.snowflake.sql.ParquetFormat;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Loads what a COPY's SELECT computes, or a list of columns.
///
/// The file's columns `$1`, … are laid into a temporary table (Parquet is read where it lies), over which DuckDB runs
/// the translated expressions. A field that goes into a column as it is, is converted as by any other COPY.
///
/// Source: docs.snowflake.com/en/user-guide/data-load-transform
final class TransformLoader implements FileLoader {
    private static final String STAGED = "staged_rows";
    static final String ROW = "row_of_file";

    private final ParquetShapes shapes;

    TransformLoader(ParquetShapes shapes) {
        this.shapes = shapes;
    }

    /// The target columns and what fills them.
    record Plan(TableInfo table, List<ColumnInfo> columns, List<Item> items, Transformed transformed) {}

    @Override
    public Loaded load(Duck duck, TableInfo table, CopySpec spec, LocalFile file, Instant scanStart, RowErrors errors)
            throws SQLException {
        Transformed transformed = spec.transformed().orElseThrow();
        List<ColumnInfo> columns = targets(table, transformed);
        Plan plan = new Plan(table, columns, transformed.itemsFor(columns.size()), transformed);
        TransformInsert insert = new TransformInsert(plan, file, scanStart);
        return switch (spec.format()) {
            case CsvFormat csv -> {
                long parsed = stageCsv(duck, plan, csv, file, errors);
                yield insert.fromCsv("temp.main." + STAGED).run(duck, parsed, errors);
            }
            case JsonFormat json -> {
                long parsed = stageJson(duck, json, file, errors);
                yield insert.from("temp.main." + STAGED).run(duck, parsed, errors);
            }
            case ParquetFormat parquet -> {
                ParquetFile described = ParquetFile.of(file);
                String rows = "(SELECT CAST(" + ParquetLoader.row(shapes.columns(duck, described, parquet))
                        + " AS JSON) AS \"$1\", file_row_number + 1 AS " + ROW + " FROM " + described.reading()
                        + ")";
                long parsed = duck.first("SELECT count(*) FROM " + rows, row -> row.getLong(1))
                        .orElse(0L);
                yield insert.from(rows).run(duck, parsed, errors);
            }
        };
    }

    /// @throws dev.feedline.snowflake.SnowflakeException when a column is not there, or their number does not fit
    static List<ColumnInfo> targets(TableInfo table, Transformed transformed) {
        List<ColumnInfo> columns = transformed.columns().isEmpty()
                ? table.columns()
                : transformed.columns().stream()
                        .map(name -> table.columns().stream()
                                .filter(column -> column.name().equals(name))
                                .findFirst()
                                .orElseThrow(() -> SnowflakeError.INVALID_IDENTIFIER.with(
                                        "error: invalid identifier '" + name + "'")))
                        .toList();
        if (transformed.isSelect() && transformed.items().size() != columns.size()) {
            throw Transformed.mismatch(columns.size(), transformed.items().size());
        }
        return columns;
    }

    static String converted(int item) {
        return "\"_" + item + "\"";
    }

    /// The fields that expressions name as text, and beside them those that go into a column as they are.
    private static long stageCsv(Duck duck, Plan plan, CsvFormat format, LocalFile file, RowErrors errors)
            throws SQLException {
        TableInfo table = plan.table();
        int width = plan.transformed().width();
        StringBuilder create = new StringBuilder("CREATE OR REPLACE TEMP TABLE " + STAGED + " (" + ROW + " BIGINT");
        IntStream.rangeClosed(1, width)
                .forEach(i -> create.append(", \"$").append(i).append("\" VARCHAR"));
        for (int i = 0; i < plan.items().size(); i++) {
            if (plan.items().get(i).position() > 0) {
                create.append(", ")
                        .append(converted(i))
                        .append(' ')
                        .append(DuckType.of(plan.columns().get(i).type()));
            }
        }
        duck.execute(create.append(")").toString());
        int[] targets = plan.transformed().isSelect()
                ? new int[0]
                : plan.columns().stream().mapToInt(table.columns()::indexOf).toArray();
        CsvRow csv = new CsvRow(format, table, targets);
        Moments moments = new Moments(format.dates());
        List<TextCell> cells = plan.columns().stream()
                .map(column -> new TextCell(column, moments, format.binary()))
                .toList();
        return duck.call(connection -> {
            try (DuckDBAppender appender = connection.createAppender("temp", "main", STAGED)) {
                return CsvFile.<SQLException>read(file.path(), format, errors, (record, number) -> {
                    if (plan.transformed().isSelect()) {
                        csv.refuseFlaw(record, number);
                    } else {
                        csv.refuse(record, number);
                    }
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int i = 0; i < width; i++) {
                        boolean missing = i >= record.size() || CsvRow.isNull(record.field(i), format);
                        values.add(missing ? null : record.field(i).text());
                    }
                    for (int i = 0; i < cells.size(); i++) {
                        int position = plan.items().get(i).position();
                        if (position > 0) {
                            values.add(
                                    position > record.size()
                                            ? null
                                            : csv.value(record.field(position - 1), cells.get(i), number));
                        }
                    }
                    appender.beginRow();
                    appender.append(number);
                    for (Object value : values) {
                        RowAppender.append(appender, value);
                    }
                    appender.endRow();
                });
            }
        });
    }

    private static long stageJson(Duck duck, JsonFormat format, LocalFile file, RowErrors errors) throws SQLException {
        duck.execute("CREATE OR REPLACE TEMP TABLE " + STAGED + " (" + ROW + " BIGINT, \"$1\" JSON)");
        return duck.call(connection -> {
            try (DuckDBAppender appender = connection.createAppender("temp", "main", STAGED)) {
                return JsonFile.<SQLException>read(file.path(), format, errors, (parser, row) -> {
                    boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
                    String json = isNull ? null : JsonFile.valid(JsonCopy.text(parser, format), null);
                    appender.beginRow();
                    appender.append(row);
                    RowAppender.append(appender, json);
                    appender.endRow();
                });
            }
        });
    }
}
