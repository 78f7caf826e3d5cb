package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Databases;
import dev.feedline.snowflake.catalog.Objects;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command.CopyInto;
import dev.feedline.snowflake.sql.Command.CreateFileFormat;
import dev.feedline.snowflake.sql.Command.CreateStage;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.FileFormat;
import dev.feedline.snowflake.sql.FormatChoice;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.StageLocation;
import java.sql.SQLException;
import java.util.Optional;

/// Looks up what a COPY names.
public final class CopySpecs {
    private final Databases databases;
    private final Objects objects;

    /// A stage as its CREATE statement says.
    public record Stage(StoredObject object, StageUrl url, Optional<FormatChoice> format) {}

    public CopySpecs(Databases databases, Objects objects) {
        this.databases = databases;
        this.objects = objects;
    }

    public CopySpec resolve(Duck duck, CopyInto copy, Scope scope) throws SQLException {
        return resolve(duck, copy, scope, scope.resolve(copy.table()));
    }

    /// @param table what the COPY means by its table's name
    CopySpec resolve(Duck duck, CopyInto copy, Scope scope, Qualified table) throws SQLException {
        known(table);
        Stage stage = stage(duck, copy.from(), scope);
        FileFormat format = copy.format().isPresent()
                ? format(duck, copy.format().get(), scope)
                : stage.format().isPresent()
                        ? format(
                                duck,
                                stage.format().get(),
                                Scope.of(stage.object().name().in()))
                        : CommandParser.defaultFormat(FileFormat.Type.CSV);
        if (copy.match() == MatchBy.NONE && !copy.metadata().isEmpty()) {
            throw SnowflakeError.INVALID_VALUE.with("INCLUDE_METADATA needs MATCH_BY_COLUMN_NAME.");
        }
        StageFiles.matching(copy.pattern(), stage.url());
        return new CopySpec(
                table,
                stage.url(),
                stage.url().below(copy.from().path()),
                copy.pattern(),
                format,
                copy.match(),
                copy.metadata(),
                Transformed.of(copy));
    }

    public Stage stage(Duck duck, StageLocation location, Scope scope) throws SQLException {
        StoredObject object = objects.require(duck, ObjectKind.STAGE, known(scope.resolve(location.stage())));
        if (CommandParser.parse(object.definition()) instanceof CreateStage created) {
            return new Stage(
                    object,
                    StageUrl.parse(created.options().url()),
                    created.options().format());
        }
        throw new IllegalStateException("not a stage's definition: " + object.definition());
    }

    private FileFormat format(Duck duck, FormatChoice choice, Scope scope) throws SQLException {
        return switch (choice) {
            case FormatChoice.Inline inline -> inline.format();
            case FormatChoice.Named named -> {
                StoredObject object = objects.require(duck, ObjectKind.FILE_FORMAT, known(scope.resolve(named.name())));
                if (CommandParser.parse(object.definition()) instanceof CreateFileFormat created) {
                    yield created.format();
                }
                throw new IllegalStateException("not a file format's definition: " + object.definition());
            }
        };
    }

    private Qualified known(Qualified name) {
        databases.require(name.database());
        return name;
    }
}
