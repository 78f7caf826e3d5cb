package dev.feedline.app.warehouse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A session of a Feedline's own warehouse, by Snowflake's driver protocol and without Snowflake's driver: the command
/// would wait for that longer than for the answer.
final class ProtocolClient implements SnowflakeClient {
    /// Parts of an answer are read as trees while the answer goes on behind them.
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final URI endpoint;
    private final HttpClient http;
    private final String token;

    private ProtocolClient(URI endpoint, HttpClient http, String token) {
        this.endpoint = endpoint;
        this.http = http;
        this.token = token;
    }

    static SnowflakeClient logIn(URI endpoint, String user, String password) throws IOException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LONGEST_CONNECT)
                .sslContext(trust(endpoint))
                .build();
        ObjectNode login = JSON.createObjectNode();
        login.putObject("data")
                .put("ACCOUNT_NAME", "FEEDLINE")
                .put("LOGIN_NAME", user)
                .put("PASSWORD", password)
                .put("CLIENT_APP_ID", "feedline")
                .putObject("SESSION_PARAMETERS")
                .put("JSON_INDENT", 0);
        URI path = endpoint.resolve("/session/v1/login-request?requestId=" + UUID.randomUUID());
        try (InputStream body = send(http, path, login.toString(), null)) {
            JsonNode answer = JSON.readTree(body);
            Answer.refuseFailure(answer);
            return new ProtocolClient(
                    endpoint, http, answer.path("data").path("token").asString());
        }
    }

    /// A client reads the machine's certificates when it is built, also one that never needs them, and that takes a
    /// short command a tenth of its time.
    private static SSLContext trust(URI endpoint) throws IOException {
        try {
            if (!"http".equals(endpoint.getScheme())) {
                return SSLContext.getDefault();
            }
            SSLContext nobody = SSLContext.getInstance("TLS");
            nobody.init(null, new TrustManager[0], null);
            return nobody;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not to be had: " + e.getMessage(), e);
        }
    }

    @Override
    public void query(String sql, RowSink sink) throws IOException {
        URI path = endpoint.resolve("/queries/v1/query-request?requestId=" + UUID.randomUUID());
        String request =
                JSON.createObjectNode().put("sqlText", sql).put("sequenceId", 1).toString();
        Answer answer = new Answer(sink);
        try (InputStream body = send(http, path, request, token);
                JsonParser json = JSON.createParser(body)) {
            answer.read(json);
        }
        while (answer.isToBeAskedAgain()) {
            try (InputStream body = get(answer.resultPath());
                    JsonParser json = JSON.createParser(body)) {
                answer.read(json);
            }
        }
        for (String chunk : answer.chunks()) {
            try (InputStream body = bracketed(get(chunk));
                    JsonParser json = JSON.createParser(body)) {
                json.nextToken();
                Answer.readRows(json, sink);
            }
        }
    }

    private InputStream get(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Accept", "application/snowflake")
                .header("Authorization", "Snowflake Token=\"" + token + "\"")
                .GET();
        return send(http, request);
    }

    /// A chunk's rows come without the brackets around them.
    private static InputStream bracketed(InputStream rows) {
        List<InputStream> parts =
                List.of(new ByteArrayInputStream(new byte[] {'['}), rows, new ByteArrayInputStream(new byte[] {']'}));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    @Override
    public void close() {
        try (InputStream body = send(http, endpoint.resolve("/session?delete=true"), "{}", token)) {
            body.readAllBytes();
        } catch (IOException e) {
            // The server ends an idle session by itself; there is nobody to tell.
            System.getLogger(ProtocolClient.class.getName()).log(System.Logger.Level.DEBUG, "logging out", e);
        }
    }

    private static InputStream send(HttpClient http, URI path, String body, @Nullable String token) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/snowflake")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Snowflake Token=\"" + token + "\"");
        }
        return send(http, request);
    }

    private static InputStream send(HttpClient http, HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException("the warehouse answered HTTP " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the warehouse", e);
        }
    }
}
