package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.copy.FileLoader.Loaded;
import dev.feedline.snowflake.copy.TransformLoader.Plan;
import dev.feedline.snowflake.copy.Transformed.Item;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.Translator;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The INSERT of a transformation: the rows of a staged file, each expression tried, and what is wrong with a row said
/// of its first expression that fails.
final class TransformInsert {
    private final Plan plan;
    private final LocalFile file;
    private final Instant scanStart;

    TransformInsert(Plan plan, LocalFile file, Instant scanStart) {
        this.plan = plan;
        this.file = file;
        this.scanStart = scanStart;
    }

    /// @param rows a table or a query with the columns `$1`, … as text, and beside them those that are taken as they
    /// are
    ///     in their column's type
    Rows fromCsv(String rows) {
        return new Rows(rows, true);
    }

    /// @param rows a table or a query with the column `$1` of JSON
    Rows from(String rows) {
        return new Rows(rows, false);
    }

    /// The rows and what they become.
    final class Rows {
        private final String from;
        private final boolean csv;
        private final List<String> values = new ArrayList<>();
        private final List<String> flaws = new ArrayList<>();

        private Rows(String rows, boolean csv) {
            this.csv = csv;
            String alias = plan.transformed().alias();
            this.from = " FROM (SELECT *, " + metadata() + " FROM " + rows + ")"
                    + (alias.isEmpty() ? "" : " AS " + Quoting.identifier(alias));
            for (int i = 0; i < plan.items().size(); i++) {
                add(i, plan.items().get(i), plan.columns().get(i));
            }
        }

        /// @param parsed how many rows the file has
        Loaded run(Duck duck, long parsed, RowErrors errors) throws SQLException {
            String insert = plan.columns().stream()
                    .map(column -> Quoting.identifier(column.name()))
                    .collect(Collectors.joining(
                            ", ",
                            "INSERT INTO " + plan.table().name().duck() + " (",
                            ") SELECT " + String.join(", ", values) + from));
            if (!errors.tolerant() || flaws.isEmpty()) {
                return new Loaded(parsed, duck.execute(insert), plan.table());
            }
            String flaw = "coalesce(" + String.join(", ", flaws) + ")";
            ParquetLoader.count(
                    duck,
                    "SELECT CAST(" + flaw + " AS VARCHAR) flaw, " + TransformLoader.ROW + " AS row_number" + from,
                    errors);
            return new Loaded(parsed, duck.execute(insert + " WHERE " + flaw + " IS NULL"), plan.table());
        }

        private void add(int number, Item item, ColumnInfo column) {
            boolean taken = csv && item.position() > 0;
            String value = taken ? TransformLoader.converted(number) : Translator.assigned(item.sql(), column.type());
            // What TRY does not take may end the load of the file, without its row being named.
            if (taken || !Translator.isTryable(item.sql())) {
                values.add(value);
                refuseNull(value, column);
                return;
            }
            String tried = "TRY({'v': " + value + "})";
            String message =
                    Quoting.literal(column.name().replace("|", "/") + "|") + " || " + message(item, column, csv);
            values.add("struct_extract(coalesce(" + tried + ", error(" + Quoting.literal(LosslessCast.MARK) + " || "
                    + TransformLoader.ROW + " || '|' || " + message + ")), 'v')");
            flaws.add("CASE WHEN " + tried + " IS NULL THEN " + message + " END");
            String result = "struct_extract(" + tried + ", 'v')";
            refuseNull(result, column);
            refuseTooLong(result, column);
        }

        private void refuseNull(String value, ColumnInfo column) {
            if (!column.nullable()) {
                flaws.add("CASE WHEN " + value + " IS NULL THEN "
                        + flaw(column, SnowflakeError.NULL_NOT_ALLOWED, "NULL result in a non-nullable column")
                        + " END");
            }
        }

        private void refuseTooLong(String value, ColumnInfo column) {
            int longest = column.type().precision();
            if (column.type().kind() == SnowflakeType.Kind.VARCHAR && longest < SnowflakeType.LONGEST_VARCHAR) {
                flaws.add("CASE WHEN length(" + value + ") > " + longest + " THEN "
                        + flaw(
                                column,
                                SnowflakeError.STRING_LIMIT,
                                "User character length limit (" + longest + ") exceeded by string '")
                        + " || left(" + value + ", 200) || " + Quoting.literal("'") + " END");
            }
        }
    }

    private static String flaw(ColumnInfo column, SnowflakeError error, String message) {
        return Quoting.literal(column.name().replace("|", "/") + "|" + error + "|" + message);
    }

    private String metadata() {
        return Quoting.literal(file.staged().key()) + " AS \"METADATA$FILENAME\", CAST(" + TransformLoader.ROW
                + " AS DECIMAL(38,0)) AS \"METADATA$FILE_ROW_NUMBER\", "
                + Quoting.literal(file.staged().etag()) + " AS \"METADATA$FILE_CONTENT_KEY\", timezone('UTC', CAST("
                + Quoting.literal(file.staged().lastModified().toString())
                + " AS TIMESTAMP WITH TIME ZONE)) AS \"METADATA$FILE_LAST_MODIFIED\", CAST("
                + Quoting.literal(scanStart.toString())
                + " AS TIMESTAMP WITH TIME ZONE) AS \"METADATA$START_SCAN_TIME\"";
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
}
