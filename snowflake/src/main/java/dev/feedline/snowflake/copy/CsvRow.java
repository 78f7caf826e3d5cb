package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.CsvFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a record of delimited text into a table's values.
///
/// What a count of fields that does not fit is called, and where, is as in
/// docs.snowflake.com/en/user-guide/data-load-internal-tutorial-troubleshoot.
final class CsvRow {
    /// A field that goes into no column.
    static final int IGNORED = -1;

    private final CsvFormat format;
    private final int[] targets;
    private final TextCell[] cells;
    private final int expected;
    private final TableInfo table;
    private final List<ColumnInfo> columns;

    /// @param targets for each field the column it goes into, or [#IGNORED]
    CsvRow(CsvFormat format, TableInfo table, int[] targets) {
        this.format = format;
        this.table = table;
        this.columns = table.columns();
        this.targets = targets.clone();
        this.expected = targets.length;
        Moments moments = new Moments(format.dates());
        this.cells = columns.stream()
                .map(column -> new TextCell(column, moments, format.binary()))
                .toArray(TextCell[]::new);
    }

    /// Fills a row's values; those of the fields that are missing stay NULL.
    void fill(CsvRecord row, long number, @Nullable Object[] values) {
        refuse(row, number);
        int fields = Math.min(row.size(), expected);
        for (int i = 0; i < fields; i++) {
            if (targets[i] != IGNORED) {
                values[targets[i]] = value(row.field(i), cells[targets[i]], number);
            }
        }
    }

    @Nullable
    Object value(CsvRecord.Field field, TextCell cell, long number) {
        String name = cell.column().name();
        if (isNull(field, format)) {
            if (cell.column().nullable()) {
                return null;
            }
            throw failure(
                    SnowflakeError.EMPTY_FIELD,
                    "NULL result in a non-nullable column. Use quotes if an empty field should be interpreted as an empty"
                            + " string instead of a null",
                    number,
                    field.line(),
                    field.character(),
                    name);
        }
        if (field.text().indexOf(CsvFile.INVALID) >= 0) {
            throw failure(
                    SnowflakeError.INVALID_CHARACTERS,
                    "Invalid " + format.encoding() + " detected in string '"
                            + field.text().replace(CsvFile.INVALID, '\uFFFD') + "'",
                    number,
                    field.line(),
                    field.character(),
                    name);
        }
        try {
            return cell.read(field.text());
        } catch (FileFailure e) {
            throw failure(e.error(), e.message(), number, field.line(), field.character(), name);
        }
    }

    static boolean isNull(CsvRecord.Field field, CsvFormat format) {
        if (field.text().isEmpty() && !field.enclosed() && format.emptyFieldAsNull()) {
            return true;
        }
        for (String text : format.nullIf()) {
            if (field.text().equals(text) || text.equals(field.raw())) {
                return true;
            }
        }
        return false;
    }

    /// Refuses a record that is none, or has another number of fields than there are targets.
    void refuse(CsvRecord row, long number) {
        refuseFlaw(row, number);
        refuseCount(row, number);
    }

    void refuseFlaw(CsvRecord row, long number) {
        CsvRecord.Flaw flaw = row.flaw();
        if (flaw != null) {
            int field = row.size();
            throw failure(flaw.error(), flaw.message(), number, flaw.line(), flaw.character(), name(field));
        }
    }

    private void refuseCount(CsvRecord row, long number) {
        if (row.size() == expected || !format.errorOnColumnCountMismatch()) {
            return;
        }
        if (number == 1) {
            throw count(row.size(), expected, number, row.nextLine(), row.nextCharacter());
        }
        if (row.size() > expected) {
            CsvRecord.Field extra = row.field(expected);
            String delimiter = format.fieldDelimiter().orElse("");
            throw failure(
                    SnowflakeError.FIELD_DELIMITER,
                    "Field delimiter '" + CsvReader.shown(delimiter) + "' found while expecting record delimiter '"
                            + CsvReader.shown(format.recordDelimiter().orElse("")) + "'",
                    number,
                    extra.line(),
                    Math.max(1, extra.character() - delimiter.length()),
                    name(expected));
        }
        String missing = name(row.size() + 1);
        throw failure(
                SnowflakeError.END_OF_RECORD,
                "End of record reached while expected to parse column '" + FileOutcome.columnName(missing, table) + "'",
                number,
                row.endLine(),
                row.endCharacter(),
                missing);
    }

    static FileFailure count(int fields, int columns, long number, long line, long character) {
        return failure(
                SnowflakeError.COLUMN_COUNT,
                "Number of columns in file (" + fields + ") does not match that of the corresponding table (" + columns
                        + "), use file format option error_on_column_count_mismatch=false to ignore this error",
                number,
                line,
                character,
                "[" + fields + "]");
    }

    /// The nth field's column, from 1.
    private String name(int field) {
        boolean known = field >= 1 && field <= targets.length && targets[field - 1] != IGNORED;
        return known ? columns.get(targets[field - 1]).name() : "[" + field + "]";
    }

    private static FileFailure failure(
            SnowflakeError error, String message, long row, long line, long character, String column) {
        return new FileFailure(error, message, new FileFailure.Place(row, line, character, column), null);
    }
}
