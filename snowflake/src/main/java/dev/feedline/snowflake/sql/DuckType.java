package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.SnowflakeType.Kind;
import java.util.Locale;

/// Which DuckDB type stores which Snowflake type.
///
/// VARIANT, OBJECT and ARRAY are stored as JSON text, which keeps every digit. Timestamps hold
/// microseconds; what is finer is refused by loads.
public final class DuckType {
    private DuckType() {}

    public static String of(SnowflakeType type) {
        return switch (type.kind()) {
            case NUMBER -> String.format(Locale.ROOT, "DECIMAL(%d,%d)", type.precision(), type.scale());
            case FLOAT -> "DOUBLE";
            case VARCHAR -> "VARCHAR";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP_NTZ -> "TIMESTAMP";
            case TIMESTAMP_LTZ, TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
            case VARIANT, OBJECT, ARRAY -> "JSON";
            case BINARY -> "BLOB";
        };
    }

    /// The Snowflake type a DuckDB type shows as, where no declaration says otherwise.
    public static SnowflakeType toSnowflake(String duck) {
        if (duck.endsWith("]")) {
            return SnowflakeType.of(Kind.ARRAY);
        }
        if (duck.startsWith("DECIMAL(")) {
            String[] sizes = duck.substring(8, duck.length() - 1).split(",", -1);
            return SnowflakeType.number(Integer.parseInt(sizes[0].strip()), Integer.parseInt(sizes[1].strip()));
        }
        if (duck.startsWith("STRUCT(") || duck.startsWith("MAP(")) {
            return SnowflakeType.of(Kind.OBJECT);
        }
        return switch (duck) {
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT" -> SnowflakeType.NUMBER;
            case "FLOAT", "DOUBLE" -> SnowflakeType.FLOAT;
            case "BOOLEAN" -> SnowflakeType.BOOLEAN;
            case "DATE" -> SnowflakeType.DATE;
            case "TIME", "TIME_NS" -> new SnowflakeType(Kind.TIME, 9, 0);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> SnowflakeType.TIMESTAMP_NTZ;
            case "TIMESTAMP WITH TIME ZONE" -> SnowflakeType.TIMESTAMP_LTZ;
            case "JSON", "VARIANT" -> SnowflakeType.VARIANT;
            case "BLOB" -> new SnowflakeType(Kind.BINARY, SnowflakeType.LONGEST_BINARY, 0);
            default -> SnowflakeType.VARCHAR;
        };
    }
}
