package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command.Metadata;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Appends rows of Java values to a table, with the columns that INCLUDE_METADATA fills.
final class RowAppender {
    private static final int NONE = -1;

    private final List<ColumnInfo> columns;
    private final DuckDBAppender appender;
    private final @Nullable Object[] constant;
    private final int rowNumberColumn;

    RowAppender(
            TableInfo table,
            Map<ColumnInfo, Metadata> metadata,
            StagedFile file,
            Instant scanStart,
            DuckDBAppender appender) {
        this.columns = table.columns();
        this.appender = appender;
        this.constant = new Object[columns.size()];
        int numbered = NONE;
        for (Map.Entry<ColumnInfo, Metadata> entry : metadata.entrySet()) {
            int at = columns.indexOf(entry.getKey());
            if (entry.getValue() == Metadata.FILE_ROW_NUMBER) {
                numbered = at;
            } else {
                constant[at] = constant(entry.getValue(), entry.getKey(), file, scanStart);
            }
        }
        this.rowNumberColumn = numbered;
    }

    /// A row to be filled: NULL but for what the metadata gives.
    @Nullable
    Object[] row() {
        return constant.clone();
    }

    /// Whether the column comes from the metadata, not from the file.
    boolean isGiven(int column) {
        return constant[column] != null || column == rowNumberColumn;
    }

    /// Appends the row, or refuses it whole.
    void append(@Nullable Object[] values, long row) throws SQLException {
        if (rowNumberColumn != NONE) {
            int scale = columns.get(rowNumberColumn).type().scale();
            values[rowNumberColumn] = BigDecimal.valueOf(row).setScale(scale);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !columns.get(i).nullable()) {
                throw new FileFailure(
                        SnowflakeError.NULL_NOT_ALLOWED,
                        "NULL result in a non-nullable column",
                        OptionalLong.of(row),
                        Optional.of(columns.get(i).name()),
                        null);
            }
        }
        appender.beginRow();
        for (Object value : values) {
            append(appender, value);
        }
        appender.endRow();
    }

    static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case BigDecimal decimal -> appender.append(decimal);
            case Long number -> appender.append(number.longValue());
            case Double number -> appender.append(number.doubleValue());
            case Boolean flag -> appender.append(flag.booleanValue());
            case String text -> appender.append(text);
            case LocalDate date -> appender.append(date);
            case LocalTime time -> appender.append(time);
            case LocalDateTime at -> appender.append(at);
            case OffsetDateTime at -> appender.append(at);
            case byte[] bytes -> appender.append(bytes);
            default -> throw new IllegalStateException("no value of a column: " + Arrays.asList(value.getClass()));
        }
    }

    private static Object constant(Metadata what, ColumnInfo column, StagedFile file, Instant scanStart) {
        return switch (what) {
            case FILENAME -> file.key();
            case FILE_CONTENT_KEY -> file.etag();
            case FILE_LAST_MODIFIED -> timestamp(file.lastModified(), column);
            case START_SCAN_TIME -> timestamp(scanStart, column);
            case FILE_ROW_NUMBER -> throw new IllegalStateException("not constant");
        };
    }

    private static Object timestamp(Instant at, ColumnInfo column) {
        OffsetDateTime utc = at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        return column.type().kind() == SnowflakeType.Kind.TIMESTAMP_NTZ ? utc.toLocalDateTime() : utc;
    }
}
