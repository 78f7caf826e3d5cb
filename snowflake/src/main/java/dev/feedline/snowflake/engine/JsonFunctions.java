package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.sql.JsonPath;
import java.sql.SQLException;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Feedline's two functions inside DuckDB: an element of a JSON text by its path, with every digit as
/// written.
///
/// DuckDB's own `json_extract` reads 12345678901234567.123456789012345678 as a double.
final class JsonFunctions {
    /// Finds an element; null when there is none.
    @FunctionalInterface
    private interface Find {
        @Nullable
        String in(String json, JsonSteps path);
    }

    private JsonFunctions() {}

    static void register(DuckDBConnection connection) throws SQLException {
        register(connection, JsonPath.ELEMENT, JsonElement::json);
        register(connection, JsonPath.TEXT, JsonElement::text);
    }

    private static void register(DuckDBConnection connection, String name, Find find) throws SQLException {
        try (var function = DuckDBFunctions.scalarFunction()) {
            function.withName(name)
                    .withParameters(DuckDBColumnType.VARCHAR, DuckDBColumnType.VARCHAR)
                    .withReturnType(DuckDBColumnType.VARCHAR)
                    .withVectorizedFunction((input, output) -> apply(input, output, find))
                    .register(connection);
        }
    }

    private static void apply(DuckDBDataChunkReader input, DuckDBWritableVector output, Find find) {
        var texts = input.vector(0);
        var paths = input.vector(1);
        String lastPath = "$";
        JsonSteps steps = JsonSteps.parse(lastPath);
        for (long i = 0; i < input.rowCount(); i++) {
            String found = null;
            if (!texts.isNull(i) && !paths.isNull(i)) {
                String path = paths.getString(i);
                if (!path.equals(lastPath)) {
                    lastPath = path;
                    steps = JsonSteps.parse(path);
                }
                found = find.in(texts.getString(i), steps);
            }
            if (found == null) {
                output.setNull(i);
            } else {
                output.setString(i, found);
            }
        }
    }
}
