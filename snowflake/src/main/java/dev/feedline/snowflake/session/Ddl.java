package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Existing;
import dev.feedline.snowflake.sql.Quoting;

/// What definitions of every kind answer and refuse alike.
final class Ddl {
    private Ddl() {}

    static Result missing(Command.Drop drop, String title) {
        if (drop.ifExists()) {
            return status("Drop statement executed successfully (" + drop.name().last() + " already dropped).");
        }
        var error = title.equals("Table") || title.equals("View")
                ? SnowflakeError.TABLE_NOT_FOUND
                : SnowflakeError.OBJECT_NOT_FOUND;
        throw error.with(title + " '" + drop.name() + "' does not exist or not authorized.");
    }

    static void refuseExisting(Existing existing, String title, String name) {
        if (existing == Existing.FAIL) {
            throw SnowflakeError.OBJECT_EXISTS.with(title + " '" + Quoting.readable(name) + "' already exists.");
        }
    }

    static Result alreadyExists(String name) {
        return status(name + " already exists, statement succeeded.");
    }

    static Result status(String message) {
        return Result.status(StatementType.DDL, message);
    }
}
