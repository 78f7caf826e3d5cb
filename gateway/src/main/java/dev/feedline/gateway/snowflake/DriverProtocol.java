package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What Snowflake's drivers say and hear: JSON over POST, answered 200 with `success` true or false.
public final class DriverProtocol {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String WRONG_PASSWORD = "390100";
    private static final String SESSION_GONE = "390111";
    private static final int SESSION_SECONDS = 3600;
    private static final int MASTER_SECONDS = 14_400;

    private final Sessions sessions;
    private final BiPredicate<String, String> users;

    /// How an answer goes out: whole, or streamed when it may be long.
    public interface Reply {
        void whole(byte[] json) throws IOException;

        OutputStream streamed() throws IOException;
    }

    public DriverProtocol(Sessions sessions, BiPredicate<String, String> users) {
        this.sessions = sessions;
        this.users = users;
    }

    /// Never logs the body: it holds the password.
    public byte[] logIn(byte[] body) {
        JsonNode data = parse(body).path("data");
        String user = data.path("LOGIN_NAME").asString("");
        if (!users.test(user, data.path("PASSWORD").asString(""))) {
            return refusal(WRONG_PASSWORD, "Incorrect username or password was specified.");
        }
        Sessions.Open session = sessions.begin();
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode granted = answer.putObject("data");
        granted.put("token", session.token)
                .put("masterToken", session.token)
                .put("validityInSeconds", SESSION_SECONDS)
                .put("masterValidityInSeconds", MASTER_SECONDS)
                .put("serverVersion", "9.99.0")
                .put("sessionId", session.id)
                .put("healthCheckInterval", 45)
                .putNull("newClientForUpgrade")
                .put("displayUserName", user)
                .put("firstLogin", false)
                .putNull("idToken")
                .putNull("mfaToken");
        granted.putObject("sessionInfo")
                .put("databaseName", session.session.database().orElse(null))
                .put("schemaName", session.session.schema().orElse(null))
                .putNull("warehouseName")
                .put("roleName", "ACCOUNTADMIN");
        parameters(granted.putArray("parameters"));
        return success(answer);
    }

    public byte[] logOut(Optional<String> token) {
        sessions.find(token).ifPresent(sessions::end);
        return success(JSON.createObjectNode().putNull("data"));
    }

    public byte[] heartbeat(Optional<String> token) {
        return sessions.find(token).isPresent()
                ? success(JSON.createObjectNode().putNull("data"))
                : gone();
    }

    /// Drivers report on themselves; Feedline takes it and keeps nothing.
    public byte[] telemetry() {
        return success(JSON.createObjectNode().put("data", "Log Received"));
    }

    public void query(Optional<String> token, byte[] body, Reply reply) throws IOException {
        Optional<Sessions.Open> found = sessions.find(token);
        if (found.isEmpty()) {
            reply.whole(gone());
            return;
        }
        Sessions.Open session = found.get();
        String queryId = UUID.randomUUID().toString();
        session.lock.lock();
        try {
            run(session, queryId, parse(body), reply);
        } catch (SnowflakeException e) {
            reply.whole(QueryAnswer.failure(queryId, e));
        } finally {
            session.lock.unlock();
        }
    }

    private static void run(Sessions.Open session, String queryId, JsonNode request, Reply reply) throws IOException {
        String sql = request.path("sqlText").asString("");
        try (Result result = session.session.execute(sql, binds(request.path("bindings")))) {
            try (OutputStream out = reply.streamed()) {
                QueryAnswer.write(
                        out,
                        queryId,
                        session.session.database().orElse(null),
                        session.session.schema().orElse(null),
                        result);
            } catch (SnowflakeException e) {
                // The answer has begun: the driver must see a broken one, never a short one that looks whole.
                throw new IOException("query " + queryId + " failed while its rows were sent", e);
            }
        }
    }

    /// Binds come as text with a type, by position from 1; array binds are not taken yet.
    private static List<@Nullable Object> binds(JsonNode bindings) {
        List<@Nullable Object> binds = new ArrayList<>();
        for (int i = 1; bindings.has(Integer.toString(i)); i++) {
            binds.add(Bind.value(bindings.path(Integer.toString(i))));
        }
        return binds;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    /// The driver casts these: whole numbers must be JSON numbers, booleans JSON booleans.
    private static void parameters(ArrayNode list) {
        parameter(list, "AUTOCOMMIT").put("value", true);
        parameter(list, "TIMEZONE").put("value", "Etc/UTC");
        parameter(list, "CLIENT_RESULT_CHUNK_SIZE").put("value", 160);
        parameter(list, "CLIENT_PREFETCH_THREADS").put("value", 4);
        parameter(list, "CLIENT_MEMORY_LIMIT").put("value", 1536);
        parameter(list, "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD").put("value", 0);
        parameter(list, "JDBC_QUERY_RESULT_FORMAT").put("value", "JSON");
        parameter(list, "CLIENT_TELEMETRY_ENABLED").put("value", false);
        parameter(list, "JDBC_TREAT_DECIMAL_AS_INT").put("value", true);
    }

    private static ObjectNode parameter(ArrayNode list, String name) {
        return list.addObject().put("name", name);
    }

    private static byte[] gone() {
        return refusal(SESSION_GONE, "Session no longer exists. New login required to access the service.");
    }

    private static byte[] refusal(String code, String message) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putNull("data");
        answer.put("code", code).put("message", message).put("success", false);
        return JSON.writeValueAsBytes(answer);
    }

    private static byte[] success(ObjectNode answer) {
        answer.putNull("code").putNull("message").put("success", true);
        return JSON.writeValueAsBytes(answer);
    }
}
