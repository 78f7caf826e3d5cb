package dev.feedline.snowflake;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A session parameter that Snowflake has: its name, its default, and what the embedded warehouse does with it.
///
/// Source: docs.snowflake.com/en/sql-reference/parameters. Only TIMEZONE has another default here: UTC.
public record Parameter(String name, Object defaultValue, Use use, String description) {
    /// What setting it does.
    public enum Use {
        /// The warehouse obeys it.
        HONOURED,
        /// It is the driver's: kept, shown, and sent to the driver, which obeys it.
        DRIVER,
        /// Only its default may be set; another value is refused.
        DEFAULT_ONLY
    }

    private static final Map<String, Parameter> ALL = table(
            honoured("AUTOCOMMIT", true, "Whether each statement is its own transaction"),
            honoured("TIMEZONE", "Etc/UTC", "Time zone of the session"),
            honoured("QUERY_TAG", "", "A text of the user's on the session's statements"),
            honoured("JSON_INDENT", 2L, "Blanks by which JSON in results is indented; 0 is compact"),
            honoured("STATEMENT_TIMEOUT_IN_SECONDS", 172_800L, "After which a statement is canceled; 0 is the longest"),
            honoured("CLIENT_VALIDATE_DEFAULT_PARAMETERS", false, "Whether a login may name what does not exist"),
            driver("DATE_OUTPUT_FORMAT", "YYYY-MM-DD", "How drivers write dates"),
            driver("TIME_OUTPUT_FORMAT", "HH24:MI:SS", "How drivers write times"),
            driver("TIMESTAMP_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM", "How drivers write timestamps"),
            driver("TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF3", "How drivers write TIMESTAMP_NTZ"),
            driver("TIMESTAMP_LTZ_OUTPUT_FORMAT", "", "How drivers write TIMESTAMP_LTZ"),
            driver("TIMESTAMP_TZ_OUTPUT_FORMAT", "", "How drivers write TIMESTAMP_TZ"),
            driver("BINARY_OUTPUT_FORMAT", "HEX", "How drivers write binary values"),
            driver("CLIENT_RESULT_CHUNK_SIZE", 160L, "Largest chunk of a result, in MB"),
            driver("CLIENT_PREFETCH_THREADS", 4L, "Threads that fetch chunks"),
            driver("CLIENT_MEMORY_LIMIT", 1536L, "Memory for fetched chunks, in MB"),
            driver("CLIENT_STAGE_ARRAY_BINDING_THRESHOLD", 0L, "Array binds travel in the request; 0 means always"),
            driver("CLIENT_TELEMETRY_ENABLED", false, "Whether drivers report on themselves"),
            driver("CLIENT_SESSION_KEEP_ALIVE", false, "Whether drivers send heartbeats"),
            driver("CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY", 3600L, "Seconds between heartbeats"),
            driver("CLIENT_METADATA_REQUEST_USE_CONNECTION_CTX", false, "Metadata of the current schema only"),
            driver("CLIENT_METADATA_USE_SESSION_DATABASE", false, "Metadata of the current database only"),
            driver("CLIENT_RESULT_COLUMN_CASE_INSENSITIVE", false, "Columns are found by name without case"),
            driver("CLIENT_TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_LTZ", "What a bound timestamp is"),
            driver("CLIENT_HONOR_CLIENT_TZ_FOR_TIMESTAMP_NTZ", true, "NTZ in the client's zone"),
            driver("CLIENT_DISABLE_INCIDENTS", true, "Drivers report no incidents"),
            driver("CLIENT_ENABLE_CONSERVATIVE_MEMORY_USAGE", true, "JDBC lowers its use of memory by itself"),
            driver("CLIENT_STORE_TEMPORARY_CREDENTIAL", false, "Drivers keep tokens"),
            driver("CLIENT_REQUEST_MFA_TOKEN", false, "Drivers keep MFA tokens"),
            driver("ENABLE_STAGE_S3_PRIVATELINK_FOR_US_EAST_1", false, "Stages behind private links"),
            driver("JDBC_QUERY_RESULT_FORMAT", "JSON", "Results for JDBC"),
            driver("JDBC_TREAT_DECIMAL_AS_INT", true, "NUMBER(p,0) are BIGINT to JDBC"),
            driver("JDBC_RS_COLUMN_CASE_INSENSITIVE", false, "Columns are found by name without case"),
            driver("JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC", false, "NTZ are UTC to JDBC"),
            driver("JDBC_FORMAT_DATE_WITH_TIMEZONE", true, "JDBC's getDate with a calendar"),
            driver("JDBC_USE_SESSION_TIMEZONE", true, "Timestamps in the session's zone"),
            driver("JDBC_ENABLE_PUT_GET", true, "JDBC sends PUT and GET to the server"),
            driver("JS_TREAT_INTEGER_AS_BIGINT", false, "Integers are BigInt to JavaScript"),
            driver("JS_DRIVER_DISABLE_OCSP_FOR_NON_SF_ENDPOINTS", false, "Certificates' revocation"),
            fixed("ABORT_DETACHED_QUERY", false),
            fixed("BINARY_INPUT_FORMAT", "HEX"),
            fixed("DATE_INPUT_FORMAT", "AUTO"),
            fixed("TIME_INPUT_FORMAT", "AUTO"),
            fixed("TIMESTAMP_INPUT_FORMAT", "AUTO"),
            fixed("TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_NTZ"),
            fixed("TIMESTAMP_DAY_IS_ALWAYS_24H", false),
            fixed("ERROR_ON_NONDETERMINISTIC_MERGE", true),
            fixed("ERROR_ON_NONDETERMINISTIC_UPDATE", false),
            fixed("LOCK_TIMEOUT", 43_200L),
            fixed("MULTI_STATEMENT_COUNT", 1L),
            fixed("QUOTED_IDENTIFIERS_IGNORE_CASE", false),
            fixed("ROWS_PER_RESULTSET", 0L),
            fixed("STATEMENT_QUEUED_TIMEOUT_IN_SECONDS", 0L),
            fixed("STRICT_JSON_OUTPUT", false),
            fixed("TRANSACTION_ABORT_ON_ERROR", false),
            fixed("TRANSACTION_DEFAULT_ISOLATION_LEVEL", "READ COMMITTED"),
            fixed("TWO_DIGIT_CENTURY_START", 1970L),
            fixed("UNSUPPORTED_DDL_ACTION", "ignore"),
            fixed("WEEK_OF_YEAR_POLICY", 0L),
            honoured(
                    "WEEK_START", 0L, "The day that weeks begin with: 1 is Monday, 7 Sunday; 0 is as ISO 8601 has it"));

    /// All of them, by name.
    public static Map<String, Parameter> all() {
        return ALL;
    }

    public static Optional<Parameter> named(String name) {
        return Optional.ofNullable(ALL.get(name.toUpperCase(Locale.ROOT)));
    }

    /// The value that a statement's or a driver's text means.
    ///
    /// @throws SnowflakeException when it is none of the parameter's type, or one that is not supported
    public Object value(String text) {
        Object value = parse(text);
        if (use == Use.DEFAULT_ONLY && !value.toString().equalsIgnoreCase(defaultValue.toString())) {
            throw SnowflakeError.unsupported("The session parameter " + name + " = " + text);
        }
        return value;
    }

    /// `BOOLEAN`, `NUMBER` or `STRING`, as SHOW PARAMETERS says.
    public String type() {
        return switch (defaultValue) {
            case Boolean bool -> "BOOLEAN";
            case Long number -> "NUMBER";
            default -> "STRING";
        };
    }

    private Object parse(String text) {
        return switch (defaultValue) {
            case Boolean bool -> {
                if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                    throw invalid(text);
                }
                yield Boolean.valueOf(text);
            }
            case Long number -> {
                if (!text.matches("\\d{1,9}")) {
                    throw invalid(text);
                }
                yield Long.valueOf(text);
            }
            default -> text;
        };
    }

    private SnowflakeException invalid(String text) {
        return SnowflakeError.INVALID_VALUE.with(
                "invalid value [" + text + "] for parameter '" + name + "', which is a " + type() + ".");
    }

    private static Parameter honoured(String name, Object value, String description) {
        return new Parameter(name, value, Use.HONOURED, description);
    }

    private static Parameter driver(String name, Object value, String description) {
        return new Parameter(name, value, Use.DRIVER, description);
    }

    private static Parameter fixed(String name, Object value) {
        return new Parameter(name, value, Use.DEFAULT_ONLY, "Only its default is supported");
    }

    private static Map<String, Parameter> table(Parameter... parameters) {
        Map<String, Parameter> table = new LinkedHashMap<>();
        Arrays.stream(parameters).forEach(parameter -> table.put(parameter.name(), parameter));
        return Collections.unmodifiableMap(table);
    }
}
