package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the load of one file ended.
///
/// @param errorLimit how many bad rows the load would not bear
/// @param failure the first error, if there was one
public record FileOutcome(
        StagedFile file,
        Status status,
        long rowsParsed,
        long rowsLoaded,
        long errorLimit,
        long errorsSeen,
        @Nullable Failure failure) {
    public enum Status {
        LOADED,
        PARTIALLY_LOADED,
        LOAD_FAILED
    }

    /// The first error of a file.
    ///
    /// @param line in the file, from 1; of Parquet the row's number
    /// @param character in the line, from 1
    /// @param column as Snowflake writes it: `"TABLE"["COLUMN":1]`
    public record Failure(
            String message,
            @Nullable Long line,
            @Nullable Long character,
            @Nullable String column) {
        static Failure of(FileFailure failure, TableInfo table) {
            FileFailure.Place place = failure.place();
            return new Failure(failure.message(), place.line(), place.character(), columnName(place.column(), table));
        }
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
