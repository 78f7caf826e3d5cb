package dev.feedline.snowflake.engine;

import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.DuckType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// DuckDB's values as the Java classes a [dev.feedline.snowflake.Result] promises.
final class Values {
    private Values() {}

    /// Reads one column of the current row.
    @FunctionalInterface
    interface Reader {
        @Nullable
        Object read(ResultSet row, int column) throws SQLException;
    }

    static ResultColumn column(String name, String duckType) {
        return new ResultColumn(name, DuckType.toSnowflake(duckType), true);
    }

    static Reader reader(String duckType) {
        SnowflakeType.Kind kind = DuckType.toSnowflake(duckType).kind();
        return switch (kind) {
            case NUMBER -> (row, i) -> number(row.getObject(i));
            case FLOAT -> (row, i) -> row.getObject(i) instanceof Number number ? number.doubleValue() : null;
            case BOOLEAN, DATE, TIME -> ResultSet::getObject;
            case TIMESTAMP_NTZ -> (row, i) -> local(row.getObject(i));
            case TIMESTAMP_LTZ -> (row, i) -> row.getObject(i) instanceof OffsetDateTime at ? at.toInstant() : null;
            case TIMESTAMP_TZ -> ResultSet::getObject;
            case BINARY ->
                (row, i) -> row.getObject(i) instanceof Blob blob ? blob.getBytes(1, (int) blob.length()) : null;
            case VARCHAR, VARIANT, OBJECT, ARRAY -> ResultSet::getString;
        };
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Number number -> BigDecimal.valueOf(number.longValue());
            default -> new BigDecimal(value.toString());
        };
    }

    private static @Nullable LocalDateTime local(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LocalDateTime at -> at;
            case Timestamp at -> at.toLocalDateTime();
            case LocalDate day -> day.atTime(LocalTime.MIDNIGHT);
            default -> throw new IllegalStateException("no timestamp: " + value.getClass());
        };
    }
}
