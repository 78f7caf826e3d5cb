package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Integrations.Integration;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.Command.Show;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.ObjectKind;
import java.math.BigDecimal;
import java.sql.SQLException;
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
                        warehouse.ground().account().region(),
                        "EXTERNAL",
                        "AWS",
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

    Result pipes(Show show, Like like) throws SQLException {
        ShowRows rows = new ShowRows(
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
        for (StoredObject pipe : lookup.objectsOf(ObjectKind.PIPE, show.scope())) {
            if (like.matches(pipe.name().name())
                    && CommandParser.parse(pipe.definition()) instanceof Command.CreatePipe created) {
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
        return rows.result(StatementType.SHOW, show.limit());
    }

    Result sequences(Show show, Like like) throws SQLException {
        ShowRows rows = new ShowRows(
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
        for (StoredObject sequence : lookup.objectsOf(ObjectKind.SEQUENCE, show.scope())) {
            if (like.matches(sequence.name().name())
                    && CommandParser.parse(sequence.definition()) instanceof Command.CreateSequence created) {
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
                        "N");
            }
        }
        return rows.result(StatementType.SHOW, show.limit());
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
