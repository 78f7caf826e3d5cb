package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the load of one file ended.
///
/// @param errorLimit how many bad rows the load would not bear
/// @param failures the errors by row, at most [RowErrors#MOST_KEPT]
public record FileOutcome(
        StagedFile file,
        Status status,
        long rowsParsed,
        long rowsLoaded,
        long errorLimit,
        long errorsSeen,
        List<Failure> failures) {
    public FileOutcome {
        failures = List.copyOf(failures);
    }

    public enum Status {
        LOADED,
        PARTIALLY_LOADED,
        LOAD_FAILED
    }

    /// One error of a file.
    ///
    /// @param row in the file, from 1
    /// @param startLine the line that the row begins on, where that may be another
    /// @param line in the file, from 1; of Parquet the row's number
    /// @param character in the line, from 1
    /// @param column as Snowflake writes it: `"TABLE"["COLUMN":1]`
    /// @param byteOffset of the place in the uncompressed file, where it is known
    /// @param record the row's text, where it is known
    public record Failure(
            SnowflakeError error,
            String message,
            @Nullable Long row,
            @Nullable Long startLine,
            @Nullable Long line,
            @Nullable Long character,
            @Nullable String column,
            @Nullable Long byteOffset,
            @Nullable String record) {
        private Failure withoutRecord() {
            return new Failure(error, message, row, startLine, line, character, column, byteOffset, null);
        }

        static Failure of(FileFailure failure, TableInfo table) {
            FileFailure.Place place = failure.place();
            return new Failure(
                    failure.error(),
                    failure.message(),
                    place.row(),
                    place.startLine(),
                    place.line(),
                    place.character(),
                    columnName(place.column(), table),
                    failure.text().byteOffset(),
                    failure.text().record());
        }
    }

    /// The same without the rows' texts, which may be long: once they are recorded nobody asks for them.
    FileOutcome withoutRecords() {
        return new FileOutcome(
                file,
                status,
                rowsParsed,
                rowsLoaded,
                errorLimit,
                errorsSeen,
                failures.stream().map(Failure::withoutRecord).toList());
    }

    /// The first error, if there was one.
    @Nullable
    Failure failure() {
        return failures.isEmpty() ? null : failures.getFirst();
    }

    /// A column as results and messages name it, or null for none.
    static @Nullable String columnName(@Nullable String column, TableInfo table) {
        if (column == null) {
            return null;
        }
        String quoted = '"' + table.name().name() + '"';
        if (column.startsWith("[")) {
            return quoted + column;
        }
        List<String> names = table.columns().stream().map(ColumnInfo::name).toList();
        int at = names.indexOf(column);
        return quoted + "[\"" + column + "\"" + (at < 0 ? "" : ":" + (at + 1)) + "]";
    }
}
