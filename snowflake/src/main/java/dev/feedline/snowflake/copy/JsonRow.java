package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.JsonFormat;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Appends JSON rows to a table, one after the other.
final class JsonRow {
    /// A name in the file that the table has no column for.
    private static final int IGNORED = -1;

    private final MatchBy match;
    private final boolean lastOneCounts;
    private final List<ColumnInfo> columns;
    private final JsonCell[] cells;
    private final ColumnMatch matcher;
    private final RowAppender appender;
    private final Map<String, Integer> positions = new HashMap<>();

    JsonRow(TableInfo table, CopySpec spec, JsonFormat format, RowAppender appender) {
        this.match = spec.match();
        this.lastOneCounts = format.allowDuplicate();
        this.columns = table.columns();
        this.cells =
                columns.stream().map(column -> new JsonCell(column, format)).toArray(JsonCell[]::new);
        this.matcher = new ColumnMatch(table, spec.match());
        this.appender = appender;
    }

    /// Appends the row the parser stands on.
    void append(JsonParser parser, long row) throws SQLException {
        @Nullable Object[] values = appender.row();
        if (match == MatchBy.NONE) {
            values[0] = parser.currentToken() == JsonToken.VALUE_NULL ? null : cells[0].read(parser, row);
        } else {
            fill(values, parser, row);
        }
        appender.append(values, row);
    }

    private void fill(@Nullable Object[] values, JsonParser parser, long row) {
        JsonLoader.requireObject(parser, row);
        boolean[] given = new boolean[values.length];
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            int at = position(name);
            if (at == IGNORED || appender.isGiven(at)) {
                parser.skipChildren();
                continue;
            }
            if (given[at] && !lastOneCounts) {
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
}
