package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.JsonFormat;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Loads JSON: Feedline's own reading, DuckDB's Appender. DuckDB's JSON reader changes long numbers
/// without a word.
final class JsonLoader implements FileLoader {
    private final SchemaEvolution evolution;

    JsonLoader(Tables tables) {
        this.evolution = new SchemaEvolution(tables);
    }

    @Override
    public Loaded load(Duck duck, TableInfo table, CopySpec spec, LocalFile file, Instant scanStart, RowErrors errors)
            throws SQLException {
        JsonFormat format = (JsonFormat) spec.format();
        TableInfo now = spec.match() != MatchBy.NONE && table.schemaEvolution()
                ? evolved(duck, table, spec, format, file)
                : table;
        long before = errors.count();
        long rows = duck.call(connection -> {
            try (DuckDBAppender appender = connection.createAppender(
                    now.name().duckDatabase(),
                    now.name().duckSchema(),
                    now.name().duckName())) {
                RowAppender rowAppender =
                        new RowAppender(now, MetadataColumns.of(now, spec), file.staged(), scanStart, appender);
                JsonRow row = new JsonRow(now, spec, format, rowAppender);
                return JsonFile.<SQLException>read(file.path(), format, errors, row::append);
            }
        });
        return new Loaded(rows, rows - (errors.count() - before), now);
    }

    /// A first reading of the file finds the columns the table lacks and their types.
    private TableInfo evolved(Duck duck, TableInfo table, CopySpec spec, JsonFormat format, LocalFile file)
            throws SQLException {
        ColumnMatch match = new ColumnMatch(table, spec.match());
        JsonTypes types = new JsonTypes();
        Set<String> present = new HashSet<>(spec.metadata().keySet());
        // Bad rows are told by the second reading.
        JsonFile.<RuntimeException>read(file.path(), format, RowErrors.counting(), (parser, row) -> {
            requireObject(parser, row);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                Optional<ColumnInfo> found = match.find(name);
                if (found.isEmpty()) {
                    types.see(SchemaEvolution.newName(name, spec.match()), parser);
                } else {
                    present.add(found.get().name());
                    parser.skipChildren();
                }
            }
        });
        Map<String, SnowflakeType> missing = types.types();
        present.addAll(missing.keySet());
        return evolution.evolve(duck, table, missing, present);
    }

    static void requireObject(JsonParser parser, long row) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new FileFailure(
                    SnowflakeError.BAD_FILE,
                    "A row is no JSON object, which MATCH_BY_COLUMN_NAME needs (is STRIP_OUTER_ARRAY missing?)",
                    OptionalLong.of(row),
                    Optional.empty(),
                    null);
        }
    }
}
