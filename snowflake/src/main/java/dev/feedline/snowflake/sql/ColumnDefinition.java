package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeType;
import java.util.Optional;

/// A column as CREATE TABLE or ALTER TABLE defines it.
///
/// @param defaultValue the expression of its DEFAULT, as written
public record ColumnDefinition(
        String name,
        SnowflakeType type,
        boolean nullable,
        Optional<String> defaultValue,
        Optional<Identity> identity,
        String comment) {
    /// AUTOINCREMENT: where its numbers start and how far apart they are.
    public record Identity(long start, long step) {
        /// As SHOW and DESC write it.
        @Override
        public String toString() {
            return "IDENTITY START " + start + " INCREMENT " + step + " NOORDER";
        }
    }

    /// The same column of another type.
    public ColumnDefinition of(SnowflakeType other) {
        return new ColumnDefinition(name, other, nullable, defaultValue, identity, comment);
    }

    public ColumnDefinition(
            String name, SnowflakeType type, boolean nullable, Optional<String> defaultValue, String comment) {
        this(name, type, nullable, defaultValue, Optional.empty(), comment);
    }
}
