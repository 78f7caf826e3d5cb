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
            // A text of digits is read by its size. Source: docs.snowflake.com/en/sql-reference/functions/to_timestamp
            "CREATE MACRO memory.main.feedline_counted(n) AS make_timestamp(CASE WHEN abs(n) < 31536000000 THEN n * 1000000"
                    + " WHEN abs(n) < 31536000000000 THEN n * 1000 WHEN abs(n) < 31536000000000000 THEN n"
                    + " ELSE n // 1000 END)",
            "CREATE MACRO " + Names.ADD + "(d DATE, i INTERVAL) AS CAST(d + i AS DATE),"
                    + " (d TIMESTAMP, i INTERVAL) AS d + i, (d TIMESTAMP WITH TIME ZONE, i INTERVAL) AS d + i",
            "CREATE MACRO " + Names.TRUNCATE + "(p, d DATE) AS CAST(date_trunc(p, d) AS DATE),"
                    + " (p, d TIMESTAMP) AS date_trunc(p, d), (p, d TIMESTAMP WITH TIME ZONE) AS date_trunc(p, d),"
                    + " (p, d TIME) AS CAST(date_trunc(p, DATE '1970-01-01' + d) AS TIME)",
            "CREATE MACRO " + Names.WRITTEN + "(d DATE, f) AS strftime(d, f), (d TIMESTAMP, f) AS strftime(d, f),"
                    + " (d TIMESTAMP WITH TIME ZONE, f) AS strftime(d, f),"
                    + " (d TIME, f) AS strftime(DATE '1970-01-01' + d, f)",
            // Slices begin at 1970-01-01 in Snowflake.
            "CREATE MACRO " + Names.SLICE
                    + "(i, d DATE) AS CAST(time_bucket(i, CAST(d AS TIMESTAMP), TIMESTAMP '1970-01-01') AS DATE),"
                    + " (i, d TIMESTAMP) AS time_bucket(i, d, TIMESTAMP '1970-01-01'),"
                    + " (i, d TIMESTAMP WITH TIME ZONE) AS time_bucket(i, d, TIMESTAMPTZ '1970-01-01 00:00:00+00')",
            "CREATE MACRO " + Names.TEXT
                    + "(x) AS CASE typeof(x) WHEN 'JSON' THEN feedline_json_text(CAST(x AS VARCHAR), '$')"
                    + " WHEN 'TIMESTAMP' THEN strftime(TRY_CAST(CAST(x AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')"
                    + " WHEN 'TIMESTAMP WITH TIME ZONE' THEN regexp_replace(strftime(TRY_CAST(CAST(x AS VARCHAR)"
                    + " AS TIMESTAMP WITH TIME ZONE), '%Y-%m-%d %H:%M:%S.%g %z'), ' ([+-]\\d\\d)$', ' \\100')"
                    + " WHEN 'DOUBLE' THEN regexp_replace(CAST(x AS VARCHAR), '\\.0$', '')"
                    + " WHEN 'BLOB' THEN hex(TRY_CAST(x AS BLOB)) ELSE CAST(x AS VARCHAR) END",
            "CREATE MACRO " + Names.TYPED + "(x) AS CASE WHEN typeof(x) = 'JSON' THEN error('Comparing a VARIANT with a"
                    + " bind, or with literals of several types') ELSE x END",
            "CREATE MACRO " + Names.CANONICAL + "(x) AS CASE WHEN typeof(x) = 'JSON' THEN cast_to_type(" + Names.VARIANT
                    + "('CANONICAL', CAST(x AS VARCHAR), ''), x) ELSE x END",
            "CREATE MACRO " + Names.SIDE
                    + "(operation, x, y, o, t) AS CASE WHEN typeof(x) <> 'JSON' THEN cast_to_type(x, t)"
                    + " WHEN typeof(y) = 'JSON' THEN cast_to_type(" + Names.VARIANT
                    + "(operation, CAST(x AS VARCHAR), CAST(o AS VARCHAR)), t)"
                    + " ELSE cast_to_type(feedline_json_text(CAST(x AS VARCHAR), '$'), t) END",
            "CREATE MACRO " + Names.SIDE_TYPE + "(x, y) AS CASE WHEN typeof(x) <> 'JSON' THEN 'x'"
                    + " WHEN typeof(y) = 'JSON' THEN 's' WHEN typeof(y) LIKE '%INT%' OR typeof(y) LIKE 'DECIMAL%'"
                    + " THEN 'n' ELSE 'y' END",
            "CREATE MACRO " + Names.RANKED + "(x, t) AS CASE WHEN typeof(x) = 'JSON' THEN cast_to_type(" + Names.VARIANT
                    + "('KEY', CAST(x AS VARCHAR), ''), t) ELSE cast_to_type(x, t) END",
            "CREATE MACRO " + Names.VALUE + "(x, t) AS CASE WHEN typeof(x) = 'JSON' THEN"
                    + " cast_to_type(feedline_json_text(CAST(x AS VARCHAR), '$'), t) ELSE cast_to_type(x, t) END",
            "CREATE MACRO " + Names.REQUIRED + "(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN"
                    + " error('Expression type does not match column data type, expecting VARIANT but got VARCHAR')"
                    + " WHEN typeof(x) = 'JSON' THEN CAST(x AS JSON) ELSE to_json(x) END",
            "CREATE MACRO " + Names.RANK_TYPE + "(x) AS CASE WHEN typeof(x) = 'JSON' THEN 's' ELSE 'x' END",
            "CREATE MACRO " + Names.PAIR + "(x, n, keep) AS CASE WHEN x IS NOT NULL THEN to_json(n) || ':' ||"
                    + " CASE WHEN typeof(x) = 'JSON' THEN CAST(x AS VARCHAR) ELSE CAST(to_json(x) AS VARCHAR) END"
                    + " WHEN keep THEN to_json(n) || ':null' END",
            "CREATE MACRO " + Names.LITERAL + "(x) AS CASE WHEN x IS NULL THEN 'NULL' WHEN typeof(x) LIKE '%INT%'"
                    + " OR typeof(x) LIKE 'DECIMAL%' OR typeof(x) = 'DOUBLE' THEN CAST(x AS VARCHAR)"
                    + " ELSE chr(39) || replace(" + Names.TEXT + "(x), chr(39), chr(39) || chr(39)) || chr(39) END",
            "CREATE MACRO " + Names.WEEK + "(d DATE, s) AS CAST(date_trunc('week', d - to_days(CAST(s - 1 AS INTEGER)))"
                    + " + to_days(CAST(s - 1 AS INTEGER)) AS DATE), (d TIMESTAMP, s) AS date_trunc('week', d"
                    + " - to_days(CAST(s - 1 AS INTEGER))) + to_days(CAST(s - 1 AS INTEGER)),"
                    + " (d TIMESTAMP WITH TIME ZONE, s) AS date_trunc('week', d - to_days(CAST(s - 1 AS INTEGER)))"
                    + " + to_days(CAST(s - 1 AS INTEGER))",
            "CREATE MACRO " + Names.STEP
                    + "(x) AS CASE WHEN typeof(x) = 'VARCHAR' OR starts_with(CAST(x AS VARCHAR), '\"')"
                    + " THEN '.\"' || replace(" + Names.TEXT + "(x), '\"', '\"\"') || '\"'"
                    + " ELSE '[' || TRY_CAST(CAST(x AS VARCHAR) AS INTEGER) || ']' END",
            "CREATE MACRO " + Names.BOOL + "(x) AS CASE WHEN typeof(x) IN ('VARCHAR', 'JSON')"
                    + " THEN CASE lower(trim(" + Names.TEXT + "(x))) WHEN 'on' THEN true WHEN 'off' THEN false"
                    + " ELSE CAST(" + Names.TEXT + "(x) AS BOOLEAN) END ELSE CAST(x AS BOOLEAN) END",
            "CREATE MACRO " + Names.SIZED
                    + "(x, n) AS list_transform([CAST(x AS VARCHAR)], lambda v: CASE WHEN length(v) > n" + " THEN "
                    + Names.WORDS + "('TOO_LONG', v, '') ELSE v END)[1]",
            // Source: docs.snowflake.com/en/sql-reference/date-time-input-output, automatic detection
            "CREATE MACRO " + Names.DAY
                    + "(x) AS CASE WHEN typeof(x) IN ('VARCHAR', 'JSON') THEN CASE WHEN regexp_full_match(trim("
                    + Names.TEXT + "(x)), '-?\\d+') THEN CAST(memory.main.feedline_counted(TRY_CAST(" + Names.TEXT
                    + "(x) AS BIGINT)) AS DATE) ELSE coalesce(TRY_CAST(" + Names.TEXT
                    + "(x) AS DATE), CAST(try_strptime(" + Names.TEXT
                    + "(x), ['%m/%d/%Y', '%d-%b-%Y']) AS DATE), CAST(" + Names.TEXT
                    + "(x) AS DATE)) END ELSE CAST(x AS DATE) END",
            "CREATE MACRO " + Names.BYTES + "(x) AS CASE typeof(x) WHEN 'BLOB' THEN TRY_CAST(x AS BLOB) ELSE encode("
                    + Names.TEXT + "(x)) END",
            "CREATE MACRO " + Names.LENGTH + "(x) AS CASE typeof(x) WHEN 'BLOB' THEN octet_length(TRY_CAST(x AS BLOB))"
                    + " ELSE length(" + Names.TEXT + "(x)) END",
            "CREATE MACRO " + Names.FLOOR + "(x) AS cast_to_type(floor(x), round(x))",
            "CREATE MACRO " + Names.CEIL + "(x) AS cast_to_type(ceil(x), round(x))",
            "CREATE MACRO " + Names.CUBE_ROOT + "(x) AS CASE WHEN round(cbrt(x)) ** 3 = x THEN round(cbrt(x))"
                    + " ELSE cbrt(x) END",
            // In a lambda, so that the value is computed once.
            "CREATE MACRO " + Names.CUT + "(x, digits) AS list_transform([x], lambda v: v - to_microseconds(CAST("
                    + "extract('microseconds' FROM v) % CAST(pow(10, 6 - digits) AS BIGINT) AS BIGINT)))[1]",
            DivisionMacro.TYPE,
            DivisionMacro.DIVIDE,
            DivisionMacro.AVERAGE,
            "CREATE MACRO " + Names.MOMENT
                    + "(x, scale) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) IN ('TINYINT',"
                    + " 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UBIGINT', 'DOUBLE') THEN"
                    + " make_timestamp(CAST(floor(CAST(CAST(x AS VARCHAR) AS DECIMAL(38,9)) * CAST(1000000 AS DECIMAL(38,0))"
                    + " / pow(10, scale)) AS BIGINT))"
                    + " WHEN typeof(x) IN ('VARCHAR', 'JSON') THEN CASE WHEN regexp_full_match(trim(CAST(x AS VARCHAR), '\"'), '-?\\d+')"
                    + " THEN memory.main.feedline_counted(TRY_CAST(trim(CAST(x AS VARCHAR), '\"') AS BIGINT))"
                    + " ELSE CAST(trim(CAST(x AS VARCHAR), '\"') AS TIMESTAMP) END ELSE CAST(x AS TIMESTAMP) END",
            "CREATE MACRO " + Names.DIVISOR + "(x) AS CASE WHEN x = 0 THEN error('Division by zero') ELSE x END");

    /// What a function makes of its arguments, none of which is null.
    @FunctionalInterface
    private interface Body {
        @Nullable
        String of(List<String> arguments);
    }

    private TextFunctions() {}

    static void register(DuckDBConnection connection) throws SQLException {
        register(connection, Names.INITCAP, 2, a -> initcap(a.get(0), a.get(1)));
        register(connection, Names.SPLIT, 2, a -> split(a.get(0), a.get(1)));
        register(connection, Names.STRTOK, 3, a -> strtok(a.get(0), a.get(1), Integer.parseInt(a.get(2))));
        register(connection, Names.QUOTIENT, 2, a -> Words.quotient(a.get(0), a.get(1)));
        NumberFormats formats = new NumberFormats();
        register(connection, Names.FORMATTED, 2, a -> formats.write(a.get(0), a.get(1)));
        register(
                connection,
                Names.PARSED_NUMBER,
                3,
                a -> formats.read(a.get(0), a.get(1), a.get(2).equals("1")));
        register(connection, Names.WORDS, 3, a -> Words.of(a.get(0), a.get(1), a.get(2)));
        register(connection, Names.ARRAY, 4, a -> ArrayOperations.of(a.get(0), a.get(1), a.get(2), a.get(3)));
        register(connection, Names.OBJECT, 4, a -> ObjectOperations.of(a.get(0), a.get(1), a.get(2), a.get(3)));
        register(connection, Names.REGEXP, 7, TextFunctions::regexp);
        register(connection, Names.VARIANT, 3, a -> variant(a.get(0), a.get(1), a.get(2)));
        AtomicLong inputs = new AtomicLong();
        register(
                connection,
                Names.FLATTEN,
                3,
                a -> FlattenedJson.of(a.get(0), a.get(1), a.get(2), inputs.incrementAndGet()));
        try (Statement statement = connection.createStatement()) {
            for (String macro : MACROS) {
                statement.execute(macro);
            }
        }
    }

    private static @Nullable String variant(String operation, String json, String other) {
        return switch (operation) {
            case "CANONICAL" -> VariantOrder.canonical(json);
            case "KEY" -> VariantOrder.key(json);
            case "SAME" -> VariantOrder.equality(json);
            case "RANKED" -> VariantOrder.relation(json, other);
            case "GREATEST" -> VariantOrder.extreme(json, true);
            case "LEAST" -> VariantOrder.extreme(json, false);
            default -> throw new IllegalArgumentException("no operation on VARIANTs: " + operation);
        };
    }

    private static @Nullable String regexp(List<String> a) {
        return Regexes.of(
                a.get(0),
                a.get(1),
                a.get(2),
                Integer.parseInt(a.get(3)),
                Integer.parseInt(a.get(4)),
                a.get(5),
                a.get(6));
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
