package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command.MatchBy;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Appends JSON rows to a table, one after the other.
final class JsonRow {
    /// A name in the file that the table has no column for.
    private static final int IGNORED = -1;

    private final MatchBy match;
    private final List<ColumnInfo> columns;
    private final JsonCell[] cells;
    private final ColumnMatch matcher;
    private final DuckDBAppender appender;
    private final @Nullable Object[] constant;
    private final int rowNumberColumn;
    private final Map<String, Integer> positions = new HashMap<>();

    JsonRow(
            TableInfo table,
            CopySpec spec,
            Map<ColumnInfo, Metadata> metadata,
            StagedFile file,
            Instant scanStart,
            DuckDBAppender appender) {
        this.match = spec.match();
        this.columns = table.columns();
        this.cells = columns.stream().map(JsonCell::new).toArray(JsonCell[]::new);
        this.matcher = new ColumnMatch(table, spec.match());
        this.appender = appender;
        this.constant = new Object[columns.size()];
        int numbered = IGNORED;
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

    /// Appends the row the parser stands on.
    void append(JsonParser parser, long row) throws SQLException {
        @Nullable Object[] values = constant.clone();
        if (match == MatchBy.NONE) {
            values[0] = parser.currentToken() == JsonToken.VALUE_NULL ? null : cells[0].read(parser, row);
        } else {
            fill(values, parser, row);
        }
        if (rowNumberColumn != IGNORED) {
            int scale = columns.get(rowNumberColumn).type().scale();
            values[rowNumberColumn] = BigDecimal.valueOf(row).setScale(scale);
        }
        appender.beginRow();
        for (int i = 0; i < values.length; i++) {
            append(values[i], columns.get(i), row);
        }
        appender.endRow();
    }

    private void fill(@Nullable Object[] values, JsonParser parser, long row) {
        JsonLoader.requireObject(parser, row);
        boolean[] given = new boolean[values.length];
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            int at = position(name);
            if (at == IGNORED || constant[at] != null || at == rowNumberColumn) {
                parser.skipChildren();
                continue;
            }
            if (given[at]) {
                throw new FileFailure(
                        SnowflakeError.BAD_FILE,
                        "A row has more than one value for the column "
                                + columns.get(at).name(),
                        OptionalLong.of(row),
                        Optional.of(columns.get(at).name()),
                        null);
            }
            given[at] = true;
            values[at] = cells[at].read(parser, row);
        }
    }

    private int position(String name) {
        return positions.computeIfAbsent(
                name, key -> matcher.find(key).map(columns::indexOf).orElse(IGNORED));
    }

    private void append(@Nullable Object value, ColumnInfo column, long row) throws SQLException {
        switch (value) {
            case null -> {
                if (!column.nullable()) {
                    throw new FileFailure(
                            SnowflakeError.NULL_NOT_ALLOWED,
                            "NULL result in a non-nullable column",
                            OptionalLong.of(row),
                            Optional.of(column.name()),
                            null);
                }
                appender.appendNull();
            }
            case BigDecimal decimal -> appender.append(decimal);
            case Double number -> appender.append(number.doubleValue());
            case Boolean flag -> appender.append(flag.booleanValue());
            case String text -> appender.append(text);
            case LocalDate date -> appender.append(date);
            case LocalTime time -> appender.append(time);
            case LocalDateTime at -> appender.append(at);
            case OffsetDateTime at -> appender.append(at);
            case byte[] bytes -> appender.append(bytes);
            default ->
                throw new IllegalStateException("no value of a column: " + Arrays.asList(value.getClass(), column));
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
