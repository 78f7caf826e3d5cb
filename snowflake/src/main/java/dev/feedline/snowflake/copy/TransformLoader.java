package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.copy.Transformed.Item;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.CsvFormat;
import dev.feedline.snowflake.sql.DuckType;
import dev.feedline.snowflake.sql.JsonFormat;
import dev.feedline.snowflake.sql.ParquetFormat;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.Translator;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
    private static final String ROW = "row_of_file";

    /// The target columns and what fills them.
    private record Plan(List<ColumnInfo> columns, List<Item> items, Transformed transformed) {}

    @Override
    public Loaded load(Duck duck, TableInfo table, CopySpec spec, LocalFile file, Instant scanStart, RowErrors errors)
            throws SQLException {
        Transformed transformed = spec.transformed().orElseThrow();
        List<ColumnInfo> columns = targets(table, transformed);
        Plan plan = new Plan(columns, transformed.itemsFor(columns.size()), transformed);
        return switch (spec.format()) {
            case CsvFormat csv -> {
                long parsed = stageCsv(duck, table, plan, csv, file, errors);
                yield insert(duck, table, plan, true, "temp.main." + STAGED, file, scanStart, errors, parsed);
            }
            case JsonFormat json -> {
                long parsed = stageJson(duck, json, file, errors);
                yield insert(duck, table, plan, false, "temp.main." + STAGED, file, scanStart, errors, parsed);
            }
            case ParquetFormat parquet -> {
                String rows = "(SELECT CAST(" + ParquetLoader.row(ParquetFile.columns(duck, file.path(), parquet))
                        + " AS JSON) AS \"$1\", file_row_number + 1 AS " + ROW + " FROM "
                        + ParquetFile.reading(file.path()) + ")";
                long parsed = duck.first("SELECT count(*) FROM " + rows, row -> row.getLong(1))
                        .orElse(0L);
                yield insert(duck, table, plan, false, rows, file, scanStart, errors, parsed);
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

    private static String converted(int item) {
        return "\"_" + item + "\"";
    }

    /// The fields that expressions name as text, and beside them those that go into a column as they are.
    private static long stageCsv(
            Duck duck, TableInfo table, Plan plan, CsvFormat format, LocalFile file, RowErrors errors)
            throws SQLException {
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
                    String json = isNull ? null : JsonCopy.text(parser, format);
                    appender.beginRow();
                    appender.append(row);
                    RowAppender.append(appender, json);
                    appender.endRow();
                });
            }
        });
    }

    private static Loaded insert(
            Duck duck,
            TableInfo table,
            Plan plan,
            boolean csv,
            String rows,
            LocalFile file,
            Instant scanStart,
            RowErrors errors,
            long parsed)
            throws SQLException {
        String from = " FROM (SELECT *, " + metadata(file, scanStart) + " FROM " + rows + ")"
                + (plan.transformed().alias().isEmpty()
                        ? ""
                        : " AS " + Quoting.identifier(plan.transformed().alias()));
        List<String> values = new ArrayList<>();
        List<String> flaws = new ArrayList<>();
        for (int i = 0; i < plan.items().size(); i++) {
            Item item = plan.items().get(i);
            ColumnInfo column = plan.columns().get(i);
            // What TRY does not take may end the load of the file, without its row being named.
            boolean isPlain = (csv && item.position() > 0) || !Translator.isTryable(item.sql());
            String value = csv && item.position() > 0 ? converted(i) : Translator.assigned(item.sql(), column.type());
            String tried = "TRY({'v': " + value + "})";
            String message =
                    Quoting.literal(column.name().replace("|", "/") + "|") + " || " + message(item, column, csv);
            values.add(
                    isPlain
                            ? value
                            : "struct_extract(coalesce(" + tried + ", error(" + Quoting.literal(LosslessCast.MARK)
                                    + " || " + ROW + " || '|' || " + message + ")), 'v')");
            if (!isPlain) {
                flaws.add("CASE WHEN " + tried + " IS NULL THEN " + message + " END");
            }
            if (!column.nullable()) {
                flaws.add("CASE WHEN " + (isPlain ? value : "struct_extract(" + tried + ", 'v')") + " IS NULL THEN "
                        + Quoting.literal(column.name().replace("|", "/") + "|" + SnowflakeError.NULL_NOT_ALLOWED
                                + "|NULL result in a non-nullable column")
                        + " END");
            }
            if (column.type().kind() == SnowflakeType.Kind.VARCHAR
                    && column.type().precision() < SnowflakeType.LONGEST_VARCHAR
                    && !isPlain) {
                flaws.add("CASE WHEN length(struct_extract(" + tried + ", 'v')) > "
                        + column.type().precision() + " THEN "
                        + Quoting.literal(column.name().replace("|", "/") + "|" + SnowflakeError.STRING_LIMIT
                                + "|User character length limit ("
                                + column.type().precision()
                                + ") exceeded by string '")
                        + " || left(struct_extract(" + tried + ", 'v'), 200) || " + Quoting.literal("'") + " END");
            }
        }
        String insert = plan.columns().stream()
                .map(column -> Quoting.identifier(column.name()))
                .collect(Collectors.joining(
                        ", ",
                        "INSERT INTO " + table.name().duck() + " (",
                        ") SELECT " + String.join(", ", values) + from));
        if (!errors.tolerant() || flaws.isEmpty()) {
            return new Loaded(parsed, duck.execute(insert), table);
        }
        String flaw = "coalesce(" + String.join(", ", flaws) + ")";
        ParquetLoader.count(
                duck, "SELECT CAST(" + flaw + " AS VARCHAR) flaw, " + ROW + " AS row_number" + from, errors);
        return new Loaded(parsed, duck.execute(insert + " WHERE " + flaw + " IS NULL"), table);
    }

    /// `error|message` of a row whose expression does not fit the column.
    private static String message(Item item, ColumnInfo column, boolean csv) {
        String type = LoadError.typeName(column.type());
        if (csv) {
            return Quoting.literal(SnowflakeError.VALUE_NOT_RECOGNIZED + "|The expression " + item.written()
                    + " does not give a value of type " + type);
        }
        boolean plain = item.written().matches("(?:\\w+\\.)?\\$1(?::[\\w.\\[\\]\":]*)?(?:::\\w+)?(?:\\([\\d, ]+\\))?");
        return plain
                ? Quoting.literal(SnowflakeError.CAST_FAILED + "|Failed to cast variant value of " + item.written()
                        + " to " + type)
                : Quoting.literal(SnowflakeError.CAST_FAILED + "|The expression " + item.written()
                        + " does not give a value of type " + type);
    }

    private static String metadata(LocalFile file, Instant scanStart) {
        return Quoting.literal(file.staged().key()) + " AS \"METADATA$FILENAME\", CAST(" + ROW
                + " AS DECIMAL(38,0)) AS \"METADATA$FILE_ROW_NUMBER\", "
                + Quoting.literal(file.staged().etag()) + " AS \"METADATA$FILE_CONTENT_KEY\", timezone('UTC', CAST("
                + Quoting.literal(file.staged().lastModified().toString())
                + " AS TIMESTAMP WITH TIME ZONE)) AS \"METADATA$FILE_LAST_MODIFIED\", CAST("
                + Quoting.literal(scanStart.toString())
                + " AS TIMESTAMP WITH TIME ZONE) AS \"METADATA$START_SCAN_TIME\"";
    }
}
