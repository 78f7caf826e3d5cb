package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeType;
import java.util.Optional;

/// A column as CREATE TABLE or ALTER TABLE defines it.
///
/// @param defaultValue the expression of its DEFAULT, as written
public record ColumnDefinition(
        String name, SnowflakeType type, boolean nullable, Optional<String> defaultValue, String comment) {}
