package dev.feedline.snowflake.engine;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Bind values as DuckDB's driver takes them.
final class Binds {
    private Binds() {}

    static @Nullable Object toDuck(@Nullable Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }
}
