package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Session;
import dev.feedline.snowflake.SessionOptions;
import dev.feedline.snowflake.SnowflakeError;
import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What Snowflake's drivers say and hear: JSON, answered 200 with `success` true or false.
///
/// A driver that waits long for a statement is told to ask again for its result ("ping-pong"), and so is one that does
/// not want to wait at all (an asynchronous query).
public final class DriverProtocol implements AutoCloseable {
    private static final String TOKEN_INVALID = "390104";
    private static final String SESSION_GONE = "390111";
    private static final String TOKEN_EXPIRED = "390112";
    private static final String MASTER_GONE = "390113";
    private static final String MASTER_EXPIRED = "390114";
    private static final String IN_PROGRESS = "333333";
    private static final String IN_PROGRESS_DETACHED = "333334";
    private static final String BAD_REQUEST = "390400";

    private final ProtocolSettings settings;
    private final Sessions sessions;
    private final Login login;
    private final ResultFolder folder;
    private final Executions executions;
    private final Runner runner;

    public DriverProtocol(
            Function<SessionOptions, Session> opening,
            BiPredicate<String, String> passwords,
            Function<String, List<PublicKey>> keys,
            ProtocolSettings settings)
            throws IOException {
        this.settings = settings;
        this.sessions = new Sessions(settings);
        this.login = new Login(sessions, opening, passwords, keys, settings);
        this.folder = ResultFolder.open(settings.results(), settings.mostResultBytes());
        this.executions = new Executions(settings, folder);
        this.runner = new Runner(executions, folder, settings);
    }

    /// @param query the parameters of the request's address, by name
    public byte[] logIn(byte[] body, Function<String, Optional<String>> query) {
        return login.answer(body, query);
    }

    public byte[] renew(Optional<String> master) {
        return switch (sessions.renew(master)) {
            case Sessions.Found.Valid(Sessions.Open open) -> login.renewed(open);
            case Sessions.Found.Expired() ->
                Envelope.refusal(MASTER_EXPIRED, "Master token has expired. The user must log in again.");
            case Sessions.Found.Gone() ->
                Envelope.refusal(MASTER_GONE, "Master token is not known. The user must log in again.");
        };
    }

    /// An expired token ends its session as well as a valid one.
    public byte[] logOut(Optional<String> token) throws InterruptedException {
        if (sessions.find(token) instanceof Sessions.Found.Valid(Sessions.Open open)) {
            executions.end(open);
            sessions.end(open);
        }
        return Envelope.done();
    }

    public byte[] heartbeat(Optional<String> token) throws InterruptedException {
        return inSession(token, open -> Envelope.done());
    }

    /// Drivers report on themselves; Feedline takes it and keeps nothing.
    public byte[] telemetry() {
        return Envelope.success(Envelope.object().put("data", "Log Received"));
    }

    /// @param requestId the same when the driver sends a statement again; it runs once
    /// @param base where the client reaches us
    public byte[] query(Optional<String> token, String requestId, byte[] body, String base)
            throws InterruptedException {
        return inSession(token, open -> {
            Optional<JsonNode> request = Envelope.parse(body);
            if (request.isEmpty() || !request.get().isObject()) {
                return Envelope.refusal(BAD_REQUEST, "The request's body is not the JSON that drivers send.");
            }
            Execution fresh = new Execution(
                    UUID.randomUUID().toString(),
                    requestId,
                    request.get().path("sqlText").asString(""),
                    open,
                    request.get().path("asyncExec").asBoolean(false),
                    settings.clock().instant());
            Optional<Execution> earlier = executions.add(fresh);
            if (earlier.isPresent()) {
                return earlier.get().session == open
                        ? answer(earlier.get(), base)
                        : Envelope.refusal(BAD_REQUEST, "The request's id is that of another session's.");
            }
            runner.start(fresh, request.get());
            return fresh.detached ? inProgress(fresh) : answer(fresh, base);
        });
    }

    /// The answer of a statement that was sent before: once it has ended, or that it still runs.
    public byte[] result(Optional<String> token, String queryId, String base) throws InterruptedException {
        return inSession(token, open -> {
            Optional<Execution> execution = executions.byQueryId(queryId).filter(one -> isOfUser(one, open));
            return execution.isPresent()
                    ? answer(execution.get(), base)
                    : QueryAnswer.failure(
                            queryId,
                            SnowflakeError.OBJECT_NOT_FOUND.with("The result of the query '" + queryId
                                    + "' is not there: it is kept no longer, or never was."));
        });
    }

    public byte[] monitor(Optional<String> token, String queryId) throws InterruptedException {
        return inSession(token, open -> {
            ObjectNode answer = Envelope.object();
            var queries = answer.putObject("data").putArray("queries");
            executions
                    .byQueryId(queryId)
                    .filter(one -> isOfUser(one, open))
                    .ifPresent(one -> QueryStatus.describe(queries.addObject(), one));
            return Envelope.success(answer);
        });
    }

    /// @param body names the request to stop
    public byte[] abort(Optional<String> token, byte[] body) throws InterruptedException {
        return inSession(token, open -> {
            String requestId = Envelope.parse(body)
                    .map(json -> json.path("requestId").asString(""))
                    .orElse("");
            return abort(executions.toAbort(requestId), open);
        });
    }

    public byte[] abortQuery(Optional<String> token, String queryId) throws InterruptedException {
        return inSession(token, open -> abort(executions.byQueryId(queryId), open));
    }

    /// @return empty when no result has a chunk at this address, or has it no longer
    public Optional<ChunkFile> chunk(String address) {
        return executions.chunk(address);
    }

    @Override
    public void close() {
        try {
            executions.abortAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sessions.close();
        runner.close();
        try {
            folder.clear();
        } catch (IOException e) {
            // The next start clears it, too.
            org.slf4j.LoggerFactory.getLogger(DriverProtocol.class).warn("results could not be removed", e);
        }
    }

    /// What is done for a valid session.
    @FunctionalInterface
    private interface Work {
        byte[] in(Sessions.Open session) throws InterruptedException;
    }

    private byte[] inSession(Optional<String> token, Work work) throws InterruptedException {
        if (token.isEmpty()) {
            return Envelope.refusal(TOKEN_INVALID, "The request carries no session token.");
        }
        return switch (sessions.find(token)) {
            case Sessions.Found.Valid(Sessions.Open open) -> work.in(open);
            case Sessions.Found.Expired() ->
                Envelope.refusal(TOKEN_EXPIRED, "Session token has expired. It can be renewed.");
            case Sessions.Found.Gone() ->
                Envelope.refusal(SESSION_GONE, "Session no longer exists. New login required to access the service.");
        };
    }

    private byte[] abort(Optional<Execution> execution, Sessions.Open open) throws InterruptedException {
        Optional<Execution> own = execution.filter(one -> isOfUser(one, open));
        if (own.isPresent()) {
            own.get().abort();
        }
        return Envelope.done();
    }

    private static boolean isOfUser(Execution execution, Sessions.Open open) {
        return execution.session.user.equalsIgnoreCase(open.user);
    }

    private byte[] answer(Execution execution, String base) throws InterruptedException {
        if (!execution.await(settings.longestWait())) {
            return inProgress(execution);
        }
        return execution
                .failure()
                .map(failure -> QueryAnswer.failure(execution.queryId, failure))
                .orElseGet(() -> execution.answer().orElseThrow().json(base));
    }

    private byte[] inProgress(Execution execution) {
        ObjectNode answer = Envelope.object();
        answer.putObject("data")
                .put("queryId", execution.queryId)
                .put("getResultUrl", "/queries/" + execution.queryId + "/result")
                .put("queryAbortsAfterSecs", settings.masterLife().toSeconds())
                .putNull("progressDesc");
        answer.put("code", execution.detached ? IN_PROGRESS_DETACHED : IN_PROGRESS)
                .put("message", "Query execution in progress.")
                .put("success", true);
        return Envelope.JSON.writeValueAsBytes(answer);
    }
}
