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

    /// The pipes whose files are known; one whose stage, file format or database is gone is left out.
    List<Pipe> all(Duck duck) throws SQLException {
        return those(duck, id -> true, this::resolve);
    }

    /// Those of them that can load, and whose id is wanted: resolving one takes several queries.
    List<Pipe> loadable(Duck duck, Predicate<String> wanted) throws SQLException {
        return those(duck, wanted, this::require);
    }

    @FunctionalInterface
    private interface Lookup {
        Pipe of(Duck duck, StoredObject object) throws SQLException;
    }

    private List<Pipe> those(Duck duck, Predicate<String> wanted, Lookup lookup) throws SQLException {
        List<Pipe> pipes = new ArrayList<>();
        for (Databases.Database database : databases.all()) {
            for (StoredObject object : objects.list(duck, ObjectKind.PIPE, database.name(), Optional.empty())) {
                if (wanted.test(object.id())) {
                    find(duck, object, lookup).ifPresent(pipes::add);
                }
            }
        }
        return pipes;
    }

    /// Empty when something the pipe names is gone: SYSTEM$PIPE_STATUS says what, and its files wait
    /// until it is there again or the pipe is dropped.
    private static Optional<Pipe> find(Duck duck, StoredObject object, Lookup lookup) throws SQLException {
        try {
            return Optional.of(lookup.of(duck, object));
        } catch (SnowflakeException e) {
            return Optional.empty();
        }
    }

    void check(Duck duck, Command.CopyInto copy, Scope scope) throws SQLException {
        CopySpec spec = specs.resolve(duck, copy, scope);
        spec.requireFits(tables.requireTable(duck, spec.table()));
    }

    /// A pipe that can load.
    ///
    /// @throws SnowflakeException when its stage, its file format or its table is gone
    Pipe require(Duck duck, StoredObject object) throws SQLException {
        Pipe pipe = resolve(duck, object);
        tables.requireTable(duck, pipe.spec().table());
        return pipe;
    }

    /// @throws SnowflakeException when the pipe's stage or file format is gone
    private Pipe resolve(Duck duck, StoredObject object) throws SQLException {
        if (CommandParser.parse(object.definition()) instanceof CreatePipe created) {
            return new Pipe(
                    object,
                    created,
                    specs.resolve(duck, created.copy(), Scope.of(object.name().in())));
        }
        throw new IllegalStateException("not a pipe's definition: " + object.definition());
    }
}
