package dev.feedline.snowflake.pipe;

import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.catalog.Databases;
import dev.feedline.snowflake.catalog.Objects;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.copy.CopySpec;
import dev.feedline.snowflake.copy.CopySpecs;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.CreatePipe;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.ObjectKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// All pipes of the account.
public final class PipeDirectory {
    private final Databases databases;
    private final Objects objects;
    private final CopySpecs specs;
    private final Tables tables;

    public PipeDirectory(Databases databases, Objects objects, CopySpecs specs, Tables tables) {
        this.databases = databases;
        this.objects = objects;
        this.specs = specs;
        this.tables = tables;
    }

    /// The ids of all pipes, also of those that cannot load now.
    List<String> ids(Duck duck) throws SQLException {
        List<String> ids = new ArrayList<>();
        for (Databases.Database database : databases.all()) {
            objects.list(duck, ObjectKind.PIPE, database.name(), Optional.empty())
                    .forEach(object -> ids.add(object.id()));
        }
        return ids;
    }

    /// The pipes that can load; one whose stage, file format or database is gone is left out.
    List<Pipe> all(Duck duck) throws SQLException {
        return among(duck, id -> true);
    }

    /// Those of them whose id is wanted: resolving one takes several queries.
    List<Pipe> among(Duck duck, Predicate<String> wanted) throws SQLException {
        List<Pipe> pipes = new ArrayList<>();
        for (Databases.Database database : databases.all()) {
            for (StoredObject object : objects.list(duck, ObjectKind.PIPE, database.name(), Optional.empty())) {
                if (wanted.test(object.id())) {
                    find(duck, object).ifPresent(pipes::add);
                }
            }
        }
        return pipes;
    }

    /// Empty when something the pipe names is gone: SYSTEM$PIPE_STATUS says what, and its files wait
    /// until it is there again or the pipe is dropped.
    private Optional<Pipe> find(Duck duck, StoredObject object) throws SQLException {
        try {
            return Optional.of(resolve(duck, object));
        } catch (SnowflakeException e) {
            return Optional.empty();
        }
    }

    void check(Duck duck, Command.CopyInto copy, Scope scope) throws SQLException {
        CopySpec spec = specs.resolve(duck, copy, scope);
        spec.requireFits(tables.requireTable(duck, spec.table()));
    }

    /// @throws SnowflakeException when the pipe's stage or file format is gone
    Pipe resolve(Duck duck, StoredObject object) throws SQLException {
        if (CommandParser.parse(object.definition()) instanceof CreatePipe created) {
            return new Pipe(
                    object,
                    created,
                    specs.resolve(duck, created.copy(), Scope.of(object.name().in())));
        }
        throw new IllegalStateException("not a pipe's definition: " + object.definition());
    }
}
