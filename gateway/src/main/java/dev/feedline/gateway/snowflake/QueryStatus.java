package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Where a statement stands, as `GET /monitoring/queries/{id}` tells it.
final class QueryStatus {
    private QueryStatus() {}

    static void describe(ObjectNode into, Execution execution) {
        String status = status(execution);
        into.put("id", execution.queryId)
                .put("status", status)
                .put("state", status)
                .put("sqlText", execution.sql)
                .put("sessionId", Long.parseLong(execution.session.session.id()))
                .put("startTime", execution.started.toEpochMilli())
                .put("endTime", execution.endedAt().map(Instant::toEpochMilli).orElse(0L));
        Optional<SnowflakeException> failure = execution.failure();
        if (failure.isPresent()) {
            into.put("errorCode", failure.get().code())
                    .put("errorMessage", failure.get().getMessage());
        }
    }

    private static String status(Execution execution) {
        if (!execution.isEnded()) {
            return "RUNNING";
        }
        if (execution.answer().isPresent()) {
            return "SUCCESS";
        }
        boolean canceled =
                execution.failure().map(SnowflakeException::error).equals(Optional.of(SnowflakeError.CANCELED));
        return canceled ? "ABORTED" : "FAILED_WITH_ERROR";
    }
}
