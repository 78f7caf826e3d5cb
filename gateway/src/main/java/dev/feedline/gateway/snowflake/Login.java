package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Parameter;
import dev.feedline.snowflake.Session;
import dev.feedline.snowflake.SessionOptions;
import dev.feedline.snowflake.SnowflakeException;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A driver's login: who it is, and what its session begins with. Never logs the body: it holds the password.
final class Login {
    private static final String WRONG_PASSWORD = "390100";
    private static final String WRONG_JWT = "390144";
    private static final String NO_SUCH_AUTHENTICATOR = "390186";
    private static final String NO_SUCH_DEFAULT = "390201";
    private static final String TOO_MANY_SESSIONS = "390404";
    private static final String BAD_REQUEST = "390400";

    private final Sessions sessions;
    private final Function<SessionOptions, Session> opening;
    private final BiPredicate<String, String> passwords;
    private final Function<String, List<PublicKey>> keys;
    private final ProtocolSettings settings;

    Login(
            Sessions sessions,
            Function<SessionOptions, Session> opening,
            BiPredicate<String, String> passwords,
            Function<String, List<PublicKey>> keys,
            ProtocolSettings settings) {
        this.sessions = sessions;
        this.opening = opening;
        this.passwords = passwords;
        this.keys = keys;
        this.settings = settings;
    }

    /// @param query what the request's address says: databaseName, schemaName, warehouse, roleName
    byte[] answer(byte[] body, Function<String, Optional<String>> query) {
        Optional<JsonNode> request = Envelope.parse(body);
        if (request.isEmpty() || !request.get().path("data").isObject()) {
            return Envelope.refusal(BAD_REQUEST, "The login's body is not the JSON that drivers send.");
        }
        JsonNode data = request.get().path("data");
        String user = data.path("LOGIN_NAME").asString("");
        Optional<byte[]> refusal = refusal(data, user);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Session session;
        try {
            session = opening.apply(options(user, query));
        } catch (SnowflakeException e) {
            return Envelope.refusal(e.code(), e.getMessage());
        }
        Optional<Sessions.Open> open = Optional.empty();
        try {
            set(session, data.path("SESSION_PARAMETERS"));
            Optional<byte[]> missing = missing(session, query);
            if (missing.isPresent()) {
                return missing.get();
            }
            open = sessions.begin(session, user);
            return open.map(this::granted)
                    .orElseGet(() -> Envelope.refusal(
                            TOO_MANY_SESSIONS, Sessions.MOST_SESSIONS + " sessions are open; close one first."));
        } catch (SnowflakeException e) {
            return Envelope.refusal(e.code(), e.getMessage());
        } finally {
            if (open.isEmpty()) {
                session.close();
            }
        }
    }

    private Optional<byte[]> refusal(JsonNode data, String user) {
        String authenticator = data.path("AUTHENTICATOR").asString("SNOWFLAKE").toUpperCase(Locale.ROOT);
        return switch (authenticator) {
            case "", "SNOWFLAKE" ->
                passwords.test(user, data.path("PASSWORD").asString(""))
                        ? Optional.empty()
                        : Optional.of(
                                Envelope.refusal(WRONG_PASSWORD, "Incorrect username or password was specified."));
            case "SNOWFLAKE_JWT" ->
                KeyPairLogin.accepts(
                                data.path("TOKEN").asString(""),
                                user,
                                keys.apply(user),
                                settings.clock().instant())
                        ? Optional.empty()
                        : Optional.of(Envelope.refusal(WRONG_JWT, "JWT token is invalid."));
            default ->
                Optional.of(
                        Envelope.refusal(
                                NO_SUCH_AUTHENTICATOR,
                                "The authenticator " + authenticator
                                        + " is not supported by the embedded warehouse: log in with a password or a key pair."));
        };
    }

    private static SessionOptions options(String user, Function<String, Optional<String>> query) {
        SessionOptions none = SessionOptions.NONE;
        return new SessionOptions(
                user.toUpperCase(Locale.ROOT),
                name(query, "roleName").orElse(none.role()),
                name(query, "warehouse").orElse(none.warehouse()),
                name(query, "databaseName"),
                name(query, "schemaName"));
    }

    private static Optional<String> name(Function<String, Optional<String>> query, String parameter) {
        return query.apply(parameter).filter(text -> !text.isEmpty()).map(SessionOptions::name);
    }

    /// What only drivers know is left to them, as Snowflake does; what the warehouse knows is set or refused.
    private static void set(Session session, JsonNode parameters) {
        for (Map.Entry<String, JsonNode> one : parameters.properties()) {
            if (Parameter.named(one.getKey()).isPresent() && !one.getValue().isNull()) {
                session.set(one.getKey(), one.getValue().asString());
            }
        }
    }

    /// Snowflake logs in without a database that does not exist, unless it is told to be strict.
    private static Optional<byte[]> missing(Session session, Function<String, Optional<String>> query) {
        if (!Boolean.TRUE.equals(session.parameters().get("CLIENT_VALIDATE_DEFAULT_PARAMETERS"))) {
            return Optional.empty();
        }
        Optional<String> database = name(query, "databaseName");
        Optional<String> schema = name(query, "schemaName");
        boolean found = (database.isEmpty() || database.equals(session.database()))
                && (schema.isEmpty() || schema.equals(session.schema()));
        return found
                ? Optional.empty()
                : Optional.of(Envelope.refusal(
                        NO_SUCH_DEFAULT, "The requested database or schema does not exist or not authorized."));
    }

    private byte[] granted(Sessions.Open open) {
        Session session = open.session;
        ObjectNode answer = Envelope.object();
        ObjectNode granted = answer.putObject("data");
        tokens(granted, open, "token", "validityInSeconds", "masterValidityInSeconds");
        granted.put("serverVersion", "9.99.0")
                .put("sessionId", Long.parseLong(session.id()))
                .put("healthCheckInterval", 45)
                .putNull("newClientForUpgrade")
                .put("displayUserName", open.user)
                .put("firstLogin", false)
                .putNull("idToken")
                .putNull("mfaToken");
        granted.putObject("sessionInfo")
                .put("databaseName", session.database().orElse(null))
                .put("schemaName", session.schema().orElse(null))
                .put("warehouseName", session.warehouse())
                .put("roleName", session.role());
        Envelope.parameters(granted.putArray("parameters"), session.parameters());
        return Envelope.success(answer);
    }

    byte[] renewed(Sessions.Open open) {
        ObjectNode answer = Envelope.object();
        tokens(answer.putObject("data"), open, "sessionToken", "validityInSecondsST", "validityInSecondsMT");
        return Envelope.success(answer);
    }

    private void tokens(ObjectNode into, Sessions.Open open, String token, String validity, String masterValidity) {
        into.put(token, open.token())
                .put(validity, settings.tokenLife().toSeconds())
                .put("masterToken", open.master())
                .put(masterValidity, settings.masterLife().toSeconds());
    }
}
