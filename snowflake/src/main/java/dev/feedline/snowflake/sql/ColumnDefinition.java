package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeType;
import java.util.Optional;

/// A column as CREATE TABLE or ALTER TABLE defines it.
///
/// @param defaultValue the expression of its DEFAULT
public record ColumnDefinition(
        String name,
        SnowflakeType type,
        boolean nullable,
        Optional<DefaultValue> defaultValue,
        Optional<Identity> identity,
        String comment) {
    /// AUTOINCREMENT: where its numbers start and how far apart they are.
    ///
    /// @param ordered as declared; the numbers grow either way
    public record Identity(long start, long step, boolean ordered) {
        /// As SHOW and DESC write it.
        @Override
        public String toString() {
            return "IDENTITY START " + start + " INCREMENT " + step + (ordered ? " ORDER" : " NOORDER");
        }
    }

    /// The same column of another type.
    public ColumnDefinition of(SnowflakeType other) {
        return new ColumnDefinition(name, other, nullable, defaultValue, identity, comment);
    }

    public ColumnDefinition(
            String name, SnowflakeType type, boolean nullable, Optional<DefaultValue> defaultValue, String comment) {
        this(name, type, nullable, defaultValue, Optional.empty(), comment);
    }
}
