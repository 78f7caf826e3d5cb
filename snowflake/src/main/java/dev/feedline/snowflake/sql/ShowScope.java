package dev.feedline.snowflake.sql;

/// Where SHOW looks.
public sealed interface ShowScope {
    /// Nothing said: the current schema, else the current database, else the account.
    record Current() implements ShowScope {}

    record Account() implements ShowScope {}

    record Database(java.util.Optional<String> name) implements ShowScope {}

    record Schema(ObjectName name) implements ShowScope {}

    /// SHOW COLUMNS IN TABLE.
    record Table(ObjectName name) implements ShowScope {}
}
