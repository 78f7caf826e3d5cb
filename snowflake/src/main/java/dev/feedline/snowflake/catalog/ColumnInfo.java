package dev.feedline.snowflake.catalog;

import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.DefaultValue;
import java.util.Optional;

/// A column of a table or view.
///
/// @param duckType the type DuckDB stores it as
/// @param identity how its numbers go on, e.g. `IDENTITY START 1 INCREMENT 1 NOORDER`
public record ColumnInfo(
        String name,
        SnowflakeType type,
        String duckType,
        boolean nullable,
        Optional<DefaultValue> defaultValue,
        Optional<String> identity,
        String comment) {}
