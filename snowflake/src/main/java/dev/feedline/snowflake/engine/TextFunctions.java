package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.sql.Names;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Functions on texts that Snowflake has and DuckDB lacks, and the macros that keep a date a date.
final class TextFunctions {
    private static final JsonMapper JSON = new JsonMapper();

    /// `DATE + INTERVAL` is a TIMESTAMP to DuckDB; Snowflake adds whole days to a date and has a date.
    private static final List<String> MACROS = List.of(
            "CREATE MACRO " + Names.ADD + "(d DATE, i INTERVAL) AS CAST(d + i AS DATE),"
                    + " (d TIMESTAMP, i INTERVAL) AS d + i, (d TIMESTAMP WITH TIME ZONE, i INTERVAL) AS d + i",
            "CREATE MACRO " + Names.TRUNCATE + "(p, d DATE) AS CAST(date_trunc(p, d) AS DATE),"
                    + " (p, d TIMESTAMP) AS date_trunc(p, d), (p, d TIMESTAMP WITH TIME ZONE) AS date_trunc(p, d)",
            "CREATE MACRO " + Names.DIVISOR + "(x) AS CASE WHEN x = 0 THEN error('Division by zero') ELSE x END");

    /// What a function makes of its arguments, none of which is null.
    @FunctionalInterface
    private interface Body {
        @Nullable
        String of(List<String> arguments);
    }

    private TextFunctions() {}

    static void register(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String macro : MACROS) {
                statement.execute(macro);
            }
        }
        register(connection, Names.INITCAP, 2, a -> initcap(a.get(0), a.get(1)));
        register(connection, Names.SPLIT, 2, a -> split(a.get(0), a.get(1)));
        register(connection, Names.STRTOK, 3, a -> strtok(a.get(0), a.get(1), Integer.parseInt(a.get(2))));
        AtomicLong inputs = new AtomicLong();
        register(
                connection,
                Names.FLATTEN,
                3,
                a -> FlattenedJson.of(a.get(0), a.get(1), a.get(2), inputs.incrementAndGet()));
    }

    private static void register(DuckDBConnection connection, String name, int arguments, Body body)
            throws SQLException {
        DuckDBColumnType[] types =
                Collections.nCopies(arguments, DuckDBColumnType.VARCHAR).toArray(DuckDBColumnType[]::new);
        try (var function = DuckDBFunctions.scalarFunction()) {
            function.withName(name)
                    .withParameters(types)
                    .withReturnType(DuckDBColumnType.VARCHAR)
                    .withVectorizedFunction((input, output) -> apply(input, output, arguments, body))
                    .register(connection);
        }
    }

    private static void apply(DuckDBDataChunkReader input, DuckDBWritableVector output, int count, Body body) {
        List<DuckDBReadableVector> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            vectors.add(input.vector(i));
        }
        for (long row = 0; row < input.rowCount(); row++) {
            List<String> arguments = new ArrayList<>(count);
            for (DuckDBReadableVector vector : vectors) {
                if (!vector.isNull(row)) {
                    arguments.add(vector.getString(row));
                }
            }
            String value = arguments.size() == count ? body.of(arguments) : null;
            if (value == null) {
                output.setNull(row);
            } else {
                output.setString(row, value);
            }
        }
    }

    /// A letter after a delimiter or at the beginning is upper case, every other one lower.
    private static String initcap(String text, String delimiters) {
        StringBuilder out = new StringBuilder(text.length());
        boolean begins = true;
        for (int i = 0; i < text.length(); i++) {
            String one = text.substring(i, i + 1);
            out.append(begins ? one.toUpperCase(Locale.ROOT) : one.toLowerCase(Locale.ROOT));
            begins = delimiters.contains(one);
        }
        return out.toString();
    }

    private static String split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        if (!separator.isEmpty()) {
            for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
                parts.add(text.substring(from, at));
                from = at + separator.length();
            }
        }
        parts.add(text.substring(from));
        return JSON.writeValueAsString(parts);
    }

    /// @param wanted counts from 1; null when there are fewer tokens
    private static @Nullable String strtok(String text, String delimiters, int wanted) {
        int count = 0;
        StringBuilder token = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            boolean ends = i == text.length() || delimiters.indexOf(text.charAt(i)) >= 0;
            if (!ends) {
                token.append(text.charAt(i));
            } else if (!token.isEmpty()) {
                if (++count == wanted) {
                    return token.toString();
                }
                token.setLength(0);
            }
        }
        return null;
    }
}
