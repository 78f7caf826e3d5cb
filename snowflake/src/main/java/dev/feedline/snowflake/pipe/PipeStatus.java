package dev.feedline.snowflake.pipe;

import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ObjectKind;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What SYSTEM$PIPE_STATUS answers.
final class PipeStatus {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final NotificationQueue queue;
    private final PipeDirectory directory;
    private final WaitingFiles waiting;
    private final PipeActivity activity;

    private record Ingested(String file, OffsetDateTime at) {}

    PipeStatus(NotificationQueue queue, PipeDirectory directory, WaitingFiles waiting, PipeActivity activity) {
        this.queue = queue;
        this.directory = directory;
        this.waiting = waiting;
        this.activity = activity;
    }

    String json(Duck duck, StoredObject object) throws SQLException {
        ObjectNode status = JSON.createObjectNode();
        PipeActivity.Seen seen = activity.of(object.id());
        WaitingFiles.Backlog backlog = waiting.backlog(object.id());
        status.put("executionState", object.paused() ? "PAUSED" : "RUNNING");
        status.put("pendingFileCount", backlog.files());
        backlog.oldest().ifPresent(oldest -> {
            status.put("oldestPendingFilePath", oldest.file().url());
            status.put("oldestFileTimestamp", TIME.format(oldest.receivedOn()));
        });
        try {
            Pipe pipe = directory.require(duck, object);
            backlog.oldest()
                    .ifPresent(oldest -> status.put(
                            "oldestPendingFilePath", below(pipe, oldest.file().url())));
            if (pipe.definition().autoIngest()) {
                status.put("notificationChannelName", queue.arn());
                queue.outstanding().ifPresent(count -> status.put("numOutstandingMessagesOnChannel", count));
                activity.lastHeard().ifPresent(at -> status.put("lastReceivedMessageTimestamp", TIME.format(at)));
                activity.lastPulled().ifPresent(at -> status.put("lastPulledFromChannelTimestamp", TIME.format(at)));
            }
            lastIngested(duck, pipe).ifPresent(ingested -> {
                status.put("lastIngestedTimestamp", TIME.format(ingested.at()));
                status.put("lastIngestedFilePath", below(pipe, ingested.file()));
            });
        } catch (SnowflakeException e) {
            status.put("executionState", stopped(e)).put("error", e.getMessage());
        }
        seen.received().ifPresent(at -> status.put("lastForwardedMessageTimestamp", TIME.format(at)));
        seen.receivedFile().ifPresent(file -> status.put("lastForwardedFilePath", file));
        seen.fault().ifPresent(fault -> status.put("fault", fault));
        seen.faultAt().ifPresent(at -> status.put("lastPipeFaultTimestamp", TIME.format(at)));
        return status.toString();
    }

    /// A file as the history and REFRESH name it: by its path below the stage.
    private static String below(Pipe pipe, String url) {
        String stage = pipe.spec().stage().url();
        return url.startsWith(stage) ? url.substring(stage.length()) : url;
    }

    private static String stopped(SnowflakeException e) {
        String message = e.getMessage();
        if (message.contains(ObjectKind.STAGE.title() + " '")) {
            return "STOPPED_STAGE_DROPPED";
        }
        return message.contains(ObjectKind.FILE_FORMAT.title() + " '")
                ? "STOPPED_FILE_FORMAT_DROPPED"
                : "STOPPED_MISSING_TABLE";
    }

    private static Optional<Ingested> lastIngested(Duck duck, Pipe pipe) throws SQLException {
        return duck.first(
                "SELECT file, loaded_on FROM "
                        + LoadHistory.name(pipe.spec().table().database())
                        + " WHERE pipe_id = ? AND status <> 'LOAD_FAILED' ORDER BY loaded_on DESC LIMIT 1",
                row -> new Ingested(row.getString(1), row.getObject(2, OffsetDateTime.class)),
                pipe.id());
    }
}
