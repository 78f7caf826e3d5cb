package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Databases;
import dev.feedline.snowflake.catalog.Integrations;
import dev.feedline.snowflake.catalog.Objects;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Existing;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.DefinitionText;
import dev.feedline.snowflake.sql.FormatChoice;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.ObjectName;
import dev.feedline.snowflake.sql.StageOptions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Stages, file formats, pipes and integrations.
final class ObjectDdl {
    private final Warehouse warehouse;
    private final SessionState state;
    private final Duck duck;

    ObjectDdl(Warehouse warehouse, SessionState state) {
        this.warehouse = warehouse;
        this.state = state;
        this.duck = state.duck();
    }

    Result create(Command.CreateStage create, String sql) throws SQLException {
        Qualified name = resolve(create.name());
        require(create.options(), name);
        return create(
                ObjectKind.STAGE,
                name,
                create.existing(),
                create.comment(),
                sql,
                "Stage area %s successfully created.");
    }

    Result create(Command.CreateFileFormat create, String sql) throws SQLException {
        Qualified name = resolve(create.name());
        return create(
                ObjectKind.FILE_FORMAT,
                name,
                create.existing(),
                create.comment(),
                sql,
                "File format %s successfully created.");
    }

    /// DuckDB's sequence gives the numbers, the object beside it is what is shown.
    Result create(Command.CreateSequence create, String sql) throws SQLException {
        Qualified name = resolve(create.name());
        Optional<StoredObject> there = warehouse.objects().find(duck, ObjectKind.SEQUENCE, name);
        if (there.isPresent() && create.existing() == Existing.KEEP) {
            return Ddl.alreadyExists(name.name());
        }
        there.ifPresent(object -> Ddl.refuseExisting(create.existing(), "Object", name.name()));
        duck.inTransaction(() -> {
            if (there.isPresent()) {
                warehouse.objects().drop(duck, there.get());
                duck.execute("DROP SEQUENCE " + name.duck());
            }
            duck.execute("CREATE SEQUENCE " + name.duck() + Tables.steps(create.start(), create.step()));
            return warehouse.objects().create(duck, ObjectKind.SEQUENCE, name, create.comment(), sql);
        });
        return Ddl.status("Sequence " + name.name() + " successfully created.");
    }

    /// Names in the pipe's COPY are looked up from the pipe's own schema, now and when it loads.
    Result create(Command.CreatePipe create, String sql) throws SQLException {
        Qualified name = resolve(create.name());
        Scope scope = Scope.of(name.in());
        warehouse.tables().requireTable(duck, known(scope.resolve(create.copy().table())));
        Qualified stage = known(scope.resolve(create.copy().from().stage()));
        warehouse.objects().require(duck, ObjectKind.STAGE, stage);
        requireFormat(create.copy().format(), scope);
        warehouse.pipes().check(duck, create.copy(), scope);
        if (create.autoIngest()) {
            warehouse.pipes().ensureNotificationChannel();
        }
        return create(ObjectKind.PIPE, name, create.existing(), create.comment(), sql, "Pipe %s successfully created.");
    }

    Result create(Command.CreateIntegration create) {
        boolean there = warehouse.integrations().find(create.name()).isPresent();
        if (there && create.existing() == Existing.KEEP) {
            return Ddl.alreadyExists(create.name());
        }
        if (there) {
            Ddl.refuseExisting(create.existing(), "Integration", create.name());
        }
        warehouse.integrations().put(create.name(), create.properties(), create.comment());
        return Ddl.status("Integration " + create.name() + " successfully created.");
    }

    Result drop(Command.Drop drop) throws SQLException {
        if (drop.kind() == ObjectKind.INTEGRATION) {
            return dropIntegration(drop);
        }
        Qualified name = state.scope().resolve(drop.name());
        Optional<StoredObject> object =
                warehouse.databases().find(name.database()).isPresent()
                        ? warehouse.objects().find(duck, drop.kind(), name)
                        : Optional.empty();
        if (object.isEmpty()) {
            return missing(drop);
        }
        duck.inTransaction(() -> {
            warehouse.objects().drop(duck, object.get());
            if (drop.kind() == ObjectKind.SEQUENCE) {
                duck.execute("DROP SEQUENCE " + name.duck());
            }
            return true;
        });
        return Ddl.status(name.name() + " successfully dropped.");
    }

    Result alter(Command.AlterPipe alter) throws SQLException {
        Optional<StoredObject> pipe = pipe(alter.pipe(), alter.ifExists());
        if (pipe.isPresent()) {
            duck.inTransaction(() -> {
                if (alter.paused().isPresent()) {
                    warehouse.objects().pause(duck, pipe.get(), alter.paused().get());
                }
                if (alter.comment().isPresent()) {
                    warehouse
                            .objects()
                            .setComment(duck, pipe.get(), alter.comment().get());
                }
                return true;
            });
        }
        return Ddl.status("Statement executed successfully.");
    }

    Result alter(Command.AlterProperties alter) throws SQLException {
        if (alter.kind() == ObjectKind.INTEGRATION) {
            alterIntegration(alter);
            return Ddl.status("Statement executed successfully.");
        }
        Qualified name = resolve(alter.name());
        Optional<StoredObject> found = warehouse.objects().find(duck, alter.kind(), name);
        if (found.isEmpty() && !alter.ifExists()) {
            throw Objects.missing(alter.kind(), name);
        }
        if (found.isPresent()) {
            StoredObject before = found.get();
            String definition = before.definition();
            refuseType(before, Optional.ofNullable(alter.properties().get("TYPE")));
            for (Map.Entry<String, String> property : alter.properties().entrySet()) {
                definition = DefinitionText.with(definition, property.getKey(), property.getValue());
            }
            check(before, definition);
            String comment = comment(alter).orElse(before.comment());
            warehouse.objects().redefine(duck, before, name, comment, definition);
        }
        return Ddl.status("Statement executed successfully.");
    }

    private static Optional<String> comment(Command.AlterProperties alter) {
        return Optional.ofNullable(alter.properties().get("COMMENT")).map(CommandParser::string);
    }

    /// What an object would become, looked at as if it were made.
    private void check(StoredObject before, String definition) throws SQLException {
        if (CommandParser.parse(definition) instanceof Command.CreateStage stage
                && CommandParser.parse(before.definition()) instanceof Command.CreateStage from) {
            require(stage.options(), before.name());
            if (!stage.options().url().equals(from.options().url())) {
                refuseOfPipe(before.name());
            }
        }
    }

    private static void refuseType(StoredObject before, Optional<String> type) {
        if (CommandParser.parse(before.definition()) instanceof Command.CreateFileFormat format
                && type.isPresent()
                && !type.get()
                        .replace("'", "")
                        .equalsIgnoreCase(format.format().type().name())) {
            throw SnowflakeError.INVALID_VALUE.with("The TYPE of a file format cannot be changed.");
        }
    }

    private void require(StageOptions options, Qualified stage) throws SQLException {
        if (options.integration().isPresent()) {
            requireIntegration(options.integration().get());
        }
        requireFormat(options.format(), Scope.of(stage.in()));
    }

    /// A pipe knows its files by their names below the stage.
    private void refuseOfPipe(Qualified stage) throws SQLException {
        for (Databases.Database database : warehouse.databases().all()) {
            for (StoredObject pipe :
                    warehouse.objects().list(duck, ObjectKind.PIPE, database.name(), Optional.empty())) {
                if (CommandParser.parse(pipe.definition()) instanceof Command.CreatePipe created
                        && Scope.of(pipe.name().in())
                                .resolve(created.copy().from().stage())
                                .equals(stage)) {
                    throw SnowflakeError.unsupported(
                            "ALTER STAGE … SET URL of a stage that the pipe " + pipe.name() + " loads from");
                }
            }
        }
    }

    private void alterIntegration(Command.AlterProperties alter) {
        String name = alter.name().last();
        Optional<Integrations.Integration> found = warehouse.integrations().find(name);
        if (found.isEmpty() && !alter.ifExists()) {
            throw Objects.missing(ObjectKind.INTEGRATION, name);
        }
        if (found.isPresent()) {
            Map<String, String> properties = new TreeMap<>(found.get().properties());
            properties.putAll(alter.properties());
            properties.remove("COMMENT");
            String comment = comment(alter).orElse(found.get().comment());
            warehouse.integrations().alter(name, properties, comment);
        }
    }

    Result rename(Command.RenameObject rename) throws SQLException {
        Qualified name = resolve(rename.name());
        Qualified to = resolve(rename.to());
        Optional<StoredObject> found = warehouse.objects().find(duck, rename.kind(), name);
        if (found.isEmpty() && !rename.ifExists()) {
            throw Objects.missing(rename.kind(), name);
        }
        if (!to.in().equals(name.in())) {
            throw SnowflakeError.unsupported("ALTER " + rename.kind() + " … RENAME TO another schema");
        }
        if (found.isPresent()) {
            if (warehouse.objects().find(duck, rename.kind(), to).isPresent()) {
                throw SnowflakeError.OBJECT_EXISTS.with("Object '" + to + "' already exists.");
            }
            String definition = DefinitionText.named(found.get().definition(), to.toString());
            warehouse.objects().redefine(duck, found.get(), to, found.get().comment(), definition);
        }
        return Ddl.status("Statement executed successfully.");
    }

    Result comment(Command.SetComment comment) throws SQLException {
        switch (comment.kind()) {
            case TABLE, VIEW -> {
                resolve(comment.name());
                Qualified name = state.table(comment.name());
                Optional<TableInfo> table = warehouse.tables().find(duck, name);
                if (table.isPresent()) {
                    warehouse.tables().setComment(duck, table.get(), comment.comment());
                } else if (!comment.ifExists()) {
                    throw Objects.missing(comment.kind(), name);
                }
            }
            case SCHEMA -> {
                SchemaName name = state.scope().resolveSchema(comment.name());
                warehouse.databases().require(name.database());
                warehouse.tables().requireSchema(duck, name);
                duck.inTransaction(() -> {
                    var createdOn =
                            warehouse.databases().require(name.database()).createdOn();
                    warehouse.objects().commentSchema(duck, name, createdOn, comment.comment());
                    return true;
                });
            }
            case STAGE, FILE_FORMAT, PIPE, SEQUENCE -> {
                Qualified name = resolve(comment.name());
                Optional<StoredObject> object = warehouse.objects().find(duck, comment.kind(), name);
                if (object.isPresent()) {
                    warehouse.objects().setComment(duck, object.get(), comment.comment());
                } else if (!comment.ifExists()) {
                    throw Objects.missing(comment.kind(), name);
                }
            }
            case DATABASE -> {
                String name = comment.name().last();
                if (!comment.ifExists()) {
                    warehouse.databases().require(name);
                }
                warehouse.databases().setComment(name, comment.comment());
            }
            case INTEGRATION -> {
                if (!comment.ifExists()) {
                    requireIntegration(comment.name().last());
                }
                warehouse.integrations().setComment(comment.name().last(), comment.comment());
            }
            case OBJECT, COLUMN -> throw SnowflakeError.unsupported("COMMENT ON " + comment.kind());
        }
        return Ddl.status("Statement executed successfully.");
    }

    /// The pipe of that name; empty only with IF EXISTS.
    Optional<StoredObject> pipe(ObjectName written, boolean ifExists) throws SQLException {
        Qualified name = resolve(written);
        return ifExists
                ? warehouse.objects().find(duck, ObjectKind.PIPE, name)
                : Optional.of(warehouse.objects().require(duck, ObjectKind.PIPE, name));
    }

    private Result create(
            ObjectKind kind, Qualified name, Existing existing, String comment, String sql, String message)
            throws SQLException {
        Optional<StoredObject> there = warehouse.objects().find(duck, kind, name);
        if (there.isPresent() && existing == Existing.KEEP) {
            return Ddl.alreadyExists(name.name());
        }
        there.ifPresent(object -> Ddl.refuseExisting(existing, "Object", name.name()));
        duck.inTransaction(() -> {
            if (there.isPresent()) {
                warehouse.objects().drop(duck, there.get());
            }
            return warehouse.objects().create(duck, kind, name, comment, sql);
        });
        return Ddl.status(message.formatted(name.name()));
    }

    private Result dropIntegration(Command.Drop drop) {
        if (warehouse.integrations().find(drop.name().last()).isEmpty()) {
            return missing(drop);
        }
        warehouse.integrations().drop(drop.name().last());
        return Ddl.status(drop.name().last() + " successfully dropped.");
    }

    private static Result missing(Command.Drop drop) {
        if (!drop.ifExists()) {
            throw Objects.missing(drop.kind(), drop.name());
        }
        return Ddl.status("Drop statement executed successfully (" + drop.name().last() + " already dropped).");
    }

    private void requireIntegration(String name) {
        if (warehouse.integrations().find(name).isEmpty()) {
            throw Objects.missing(ObjectKind.INTEGRATION, name);
        }
    }

    private void requireFormat(Optional<FormatChoice> format, Scope scope) throws SQLException {
        if (format.orElse(null) instanceof FormatChoice.Named named) {
            warehouse.objects().require(duck, ObjectKind.FILE_FORMAT, known(scope.resolve(named.name())));
        }
    }

    private Qualified resolve(ObjectName written) throws SQLException {
        Qualified name = state.scope().resolve(written);
        warehouse.databases().require(name.database());
        warehouse.tables().requireSchema(duck, name.in());
        return name;
    }

    private Qualified known(Qualified name) {
        warehouse.databases().require(name.database());
        return name;
    }
}
