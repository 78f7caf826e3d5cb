package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.Session;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Runs statements, each on a virtual thread of its own, so that a driver may stop waiting for one.
final class Runner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    /// The one form of RESULT_SCAN that drivers send by themselves: all rows of an earlier statement.
    private static final Pattern RESULT_SCAN = Pattern.compile(
            "\\s*select\\s+\\*\\s+from\\s+table\\s*\\(\\s*result_scan\\s*\\(\\s*"
                    + "(?:'([0-9a-fA-F-]{1,64})'|last_query_id\\s*\\(\\s*\\))\\s*\\)\\s*\\)\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE);

    private final Executions executions;
    private final ResultFolder folder;
    private final ProtocolSettings settings;
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("statement-timeouts").daemon().factory());

    Runner(Executions executions, ResultFolder folder, ProtocolSettings settings) {
        this.executions = executions;
        this.folder = folder;
        this.settings = settings;
    }

    void start(Execution execution, JsonNode request) {
        Thread.ofVirtual().name("query-" + execution.queryId).start(() -> run(execution, request));
    }

    private void run(Execution execution, JsonNode request) {
        try {
            QueryAnswer answer = answer(execution, request);
            executions.offer(execution, answer);
            execution.succeeded(answer, settings.clock().instant());
        } catch (SnowflakeException e) {
            execution.failed(e, settings.clock().instant());
        } catch (IOException | RuntimeException e) {
            LOG.error("query {} failed inside Feedline", execution.queryId, e);
            execution.failed(
                    SnowflakeError.INTERNAL.with("The statement failed inside Feedline: " + e.getMessage(), e),
                    settings.clock().instant());
        } finally {
            executions.ended(execution);
        }
    }

    private QueryAnswer answer(Execution execution, JsonNode request) throws IOException {
        Sessions.Open open = execution.session;
        Optional<Session> beside;
        open.lock.lock();
        try {
            beside = beside(execution, open.session);
            if (beside.isEmpty()) {
                return inSession(execution, request, open.session);
            }
        } finally {
            open.lock.unlock();
        }
        // The session may go on with other statements meanwhile.
        try (Session another = beside.get()) {
            return inSession(execution, request, another);
        } finally {
            open.session.lastQueryId(execution.queryId);
        }
    }

    /// What the session has of its own is looked at, and taken along, in its turn.
    private static Optional<Session> beside(Execution execution, Session session) {
        return execution.detached && session.maySplitOff(execution.sql)
                ? Optional.of(session.openBeside())
                : Optional.empty();
    }

    private QueryAnswer inSession(Execution execution, JsonNode request, Session session) throws IOException {
        execution.runs(session::cancel);
        ScheduledFuture<?> timeout = timeouts.schedule(
                () -> Thread.startVirtualThread(() -> timeOut(execution)), seconds(request, session), TimeUnit.SECONDS);
        try {
            if (request.path("describeOnly").asBoolean(false)) {
                return QueryAnswer.described(execution.queryId, session.describe(execution.sql), session);
            }
            Optional<QueryAnswer> scanned = scanned(execution, session);
            QueryAnswer answer = scanned.isPresent() ? scanned.get() : executed(execution, request, session);
            session.lastQueryId(execution.queryId);
            return answer;
        } finally {
            timeout.cancel(false);
        }
    }

    private QueryAnswer executed(Execution execution, JsonNode request, Session session) throws IOException {
        Binds binds = Binds.of(request.path("bindings"));
        try (Result result = binds.many()
                ? session.executeMany(execution.sql, binds.rows())
                : session.execute(execution.sql, binds.rows().getFirst())) {
            int indent = (int) session.number("JSON_INDENT");
            Rows rows = RowsWriter.write(folder, result, new WireCell(indent), execution::refuseAborted);
            return new QueryAnswer(
                    execution.queryId,
                    result.type(),
                    result.columns(),
                    rows,
                    binds.rows().getFirst().size(),
                    binds.many(),
                    QueryAnswer.Place.of(session),
                    session.parameters());
        }
    }

    private Optional<QueryAnswer> scanned(Execution execution, Session session) {
        Matcher scan = RESULT_SCAN.matcher(execution.sql);
        if (!scan.matches()) {
            return Optional.empty();
        }
        String id = Optional.ofNullable(scan.group(1)).or(session::lastQueryId).orElse("");
        QueryAnswer earlier = executions
                .byQueryId(id)
                .flatMap(Execution::answer)
                .orElseThrow(() -> SnowflakeError.OBJECT_NOT_FOUND.with("The result of the query '" + id
                        + "' is not there: it has failed, still runs, or is kept no longer. Run the query again."));
        return Optional.of(earlier.again(execution.queryId));
    }

    /// The request's own limit, else the session's; 0 means the longest that Snowflake has, seven days.
    private static long seconds(JsonNode request, Session session) {
        long own =
                request.path("parameters").path("STATEMENT_TIMEOUT_IN_SECONDS").asLong(0);
        long seconds = own > 0 ? own : session.number("STATEMENT_TIMEOUT_IN_SECONDS");
        return seconds > 0 ? seconds : 604_800;
    }

    private static void timeOut(Execution execution) {
        try {
            execution.abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timeouts.shutdownNow();
    }
}
