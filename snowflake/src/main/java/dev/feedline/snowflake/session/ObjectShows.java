package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Integrations.Integration;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Show;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.FileFormat;
import dev.feedline.snowflake.sql.FormatChoice;
import dev.feedline.snowflake.sql.ObjectKind;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// SHOW of stages, file formats, pipes and integrations.
final class ObjectShows {
    private static final JsonMapper JSON = new JsonMapper();

    private final Warehouse warehouse;
    private final ShowLookup lookup;

    ObjectShows(Warehouse warehouse, ShowLookup lookup) {
        this.warehouse = warehouse;
        this.lookup = lookup;
    }

    Result stages(Show show, Like like) throws SQLException {
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
                "name",
                "database_name",
                "schema_name",
                "url",
                "has_credentials",
                "has_encryption_key",
                "owner",
                "comment",
                "region",
                "type",
                "cloud",
                "notification_channel",
                "storage_integration");
        for (StoredObject stage : lookup.objectsOf(ObjectKind.STAGE, show.scope())) {
            if (like.matches(stage.name().name())
                    && CommandParser.parse(stage.definition()) instanceof Command.CreateStage created) {
                rows.add(
                        stage.createdOn(),
                        stage.name().name(),
                        stage.name().database(),
                        stage.name().schema(),
                        created.options().url(),
                        "N",
                        "N",
                        ShowRows.OWNER,
                        stage.comment(),
                        isInternal(created)
                                ? null
                                : warehouse.ground().account().region(),
                        isInternal(created) ? "INTERNAL" : "EXTERNAL",
                        isInternal(created) ? null : "AWS",
                        null,
                        created.options().integration().orElse(null));
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    Result formats(Show show, Like like) throws SQLException {
        ShowRows rows = new ShowRows(
                ShowRows.CREATED_ON,
                "name",
                "database_name",
                "schema_name",
                "type",
                "owner",
                "comment",
                "format_options");
        for (StoredObject format : lookup.objectsOf(ObjectKind.FILE_FORMAT, show.scope())) {
            if (like.matches(format.name().name())
                    && CommandParser.parse(format.definition()) instanceof Command.CreateFileFormat created) {
                rows.add(
                        format.createdOn(),
                        format.name().name(),
                        format.name().database(),
                        format.name().schema(),
                        created.format().type().name(),
                        ShowRows.OWNER,
                        format.comment(),
                        JSON.writeValueAsString(created.format().options()));
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private static boolean isInternal(Command.CreateStage stage) {
        return stage.options().url().isEmpty();
    }

    Result pipes(Show show, Like like) throws SQLException {
        ShowRows rows = pipeRows();
        for (StoredObject pipe : lookup.objectsOf(ObjectKind.PIPE, show.scope())) {
            if (like.matches(pipe.name().name())) {
                addPipe(rows, pipe);
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private static ShowRows pipeRows() {
        return new ShowRows(
                ShowRows.CREATED_ON,
                "name",
                "database_name",
                "schema_name",
                "definition",
                "owner",
                "notification_channel",
                "comment",
                "integration",
                "pattern",
                "error_integration",
                "owner_role_type",
                "invalid_reason",
                "kind");
    }

    private void addPipe(ShowRows rows, StoredObject pipe) {
        if (CommandParser.parse(pipe.definition()) instanceof Command.CreatePipe created) {
            rows.add(
                    pipe.createdOn(),
                    pipe.name().name(),
                    pipe.name().database(),
                    pipe.name().schema(),
                    created.definition(),
                    ShowRows.OWNER,
                    created.autoIngest() ? warehouse.pipes().notificationChannel() : null,
                    pipe.comment(),
                    null,
                    created.copy().pattern().orElse(null),
                    null,
                    "ROLE",
                    null,
                    "STAGE");
        }
    }

    /// DESC of a stage, a file format, a pipe or a sequence.
    Result describe(StoredObject object) throws SQLException {
        return switch (CommandParser.parse(object.definition())) {
            case Command.CreatePipe pipe -> {
                ShowRows rows = pipeRows();
                addPipe(rows, object);
                yield rows.result(StatementType.DESCRIBE, 1);
            }
            case Command.CreateSequence sequence -> {
                ShowRows rows = sequenceRows();
                addSequence(rows, object);
                yield rows.result(StatementType.DESCRIBE, 1);
            }
            case Command.CreateFileFormat format -> {
                ShowRows rows = new ShowRows("property", "property_type", "property_value", "property_default");
                options(format.format())
                        .forEach(option ->
                                rows.add(option.name(), option.type(), option.value(), option.defaultValue()));
                yield rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
            }
            case Command.CreateStage stage -> {
                ShowRows rows = new ShowRows(
                        "parent_property", "property", "property_type", "property_value", "property_default");
                format(stage)
                        .forEach(option -> rows.add(
                                "STAGE_FILE_FORMAT",
                                option.name(),
                                option.type(),
                                option.value(),
                                option.defaultValue()));
                if (!isInternal(stage)) {
                    rows.add(
                            "STAGE_LOCATION",
                            "URL",
                            "String",
                            "[\"" + stage.options().url() + "\"]",
                            "");
                    rows.add(
                            "STAGE_INTEGRATION",
                            "STORAGE_INTEGRATION",
                            "String",
                            stage.options().integration().orElse(""),
                            "");
                }
                rows.add("DIRECTORY", "ENABLE", "Boolean", "false", "false");
                yield rows.result(StatementType.DESCRIBE, Integer.MAX_VALUE);
            }
            default -> throw new IllegalStateException("cannot be described: " + object.definition());
        };
    }

    /// A file format's option as DESC shows it.
    private record Option(String name, String type, String value, String defaultValue) {}

    /// A stage with a named file format shows its name, else its options.
    private static List<Option> format(Command.CreateStage stage) {
        return switch (stage.options().format().orElse(null)) {
            case null -> options(CommandParser.defaultFormat(FileFormat.Type.CSV));
            case FormatChoice.Inline inline -> options(inline.format());
            case FormatChoice.Named named ->
                List.of(new Option("FORMAT_NAME", "String", named.name().toString(), ""));
        };
    }

    private static List<Option> options(FileFormat format) {
        Map<String, Object> defaults =
                CommandParser.defaultFormat(format.type()).options();
        List<Option> options = new ArrayList<>();
        format.options().forEach((name, value) -> {
            String type = switch (value) {
                case Boolean flag -> "Boolean";
                case Integer number -> "Integer";
                case List<?> list -> "List";
                default -> "String";
            };
            String defaultValue = name.equals("TYPE") ? "CSV" : String.valueOf(defaults.get(name));
            options.add(new Option(name, type, String.valueOf(value), defaultValue));
        });
        return options;
    }

    Result sequences(Show show, Like like) throws SQLException {
        ShowRows rows = sequenceRows();
        for (StoredObject sequence : lookup.objectsOf(ObjectKind.SEQUENCE, show.scope())) {
            if (like.matches(sequence.name().name())) {
                addSequence(rows, sequence);
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }

    private static ShowRows sequenceRows() {
        return new ShowRows(
                "name",
                "database_name",
                "schema_name",
                ResultColumn.number("next_value"),
                ResultColumn.number("interval"),
                ShowRows.CREATED_ON,
                "owner",
                "comment",
                "owner_role_type",
                "ordered");
    }

    private void addSequence(ShowRows rows, StoredObject sequence) throws SQLException {
        if (CommandParser.parse(sequence.definition()) instanceof Command.CreateSequence created) {
            rows.add(
                    sequence.name().name(),
                    sequence.name().database(),
                    sequence.name().schema(),
                    BigDecimal.valueOf(lookup.nextValue(sequence.name(), created)),
                    BigDecimal.valueOf(created.step()),
                    sequence.createdOn(),
                    ShowRows.OWNER,
                    sequence.comment(),
                    "ROLE",
                    created.ordered() ? "Y" : "N");
        }
    }

    Result integrations(Show show, Like like) {
        ShowRows rows = new ShowRows("name", "type", "category", "enabled", "comment", ShowRows.CREATED_ON);
        for (Integration integration : warehouse.integrations().all()) {
            if (like.matches(integration.name())) {
                rows.add(
                        integration.name(),
                        integration.properties().getOrDefault("TYPE", "EXTERNAL_STAGE"),
                        "STORAGE",
                        integration.properties().getOrDefault("ENABLED", "TRUE"),
                        integration.comment(),
                        integration.createdOn());
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
    }
}
