package dev.feedline.snowflake.engine;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Bind values as DuckDB's driver takes them.
final class Binds {
    private Binds() {}

    static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case byte[] bytes -> statement.setBytes(index, bytes);
            case null, default -> statement.setObject(index, value);
        }
    }
}
