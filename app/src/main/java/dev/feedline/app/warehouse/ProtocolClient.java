package dev.feedline.app.warehouse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A session of a Feedline's own warehouse, by Snowflake's driver protocol and without Snowflake's driver: the command
/// would wait for that longer than for the answer.
///
/// For the same reason it has Java's URL connections, which the SDK's clients beside it use as well, and JSON as
/// tokens:
/// `java.net.http` sets up TLS and threads of its own, and a mapper takes as long to build as a question to be
/// answered.
final class ProtocolClient implements SnowflakeClient {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final RowSink NO_ROWS = new RowSink() {
        @Override
        public void columns(List<SqlColumn> columns) {}

        @Override
        public void row(List<@Nullable String> cells) {}
    };

    private final URI endpoint;
    private final String token;

    private ProtocolClient(URI endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    static SnowflakeClient logIn(URI endpoint, String user, String password) throws IOException {
        StringWriter login = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), login)) {
            json.writeStartObject()
                    .writeObjectPropertyStart("data")
                    .writeStringProperty("ACCOUNT_NAME", "FEEDLINE")
                    .writeStringProperty("LOGIN_NAME", user)
                    .writeStringProperty("PASSWORD", password)
                    .writeStringProperty("CLIENT_APP_ID", "feedline")
                    .writeObjectPropertyStart("SESSION_PARAMETERS")
                    .writeNumberProperty("JSON_INDENT", 0)
                    .writeEndObject()
                    .writeEndObject()
                    .writeEndObject();
        }
        URI path = endpoint.resolve("/session/v1/login-request?requestId=" + UUID.randomUUID());
        Answer answer = new Answer(NO_ROWS);
        try (InputStream body = post(path, login.toString(), null);
                JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            answer.read(json);
        }
        return new ProtocolClient(endpoint, answer.token());
    }

    @Override
    public void query(String sql, RowSink sink) throws IOException {
        URI path = endpoint.resolve("/queries/v1/query-request?requestId=" + UUID.randomUUID());
        StringWriter request = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), request)) {
            json.writeStartObject()
                    .writeStringProperty("sqlText", sql)
                    .writeNumberProperty("sequenceId", 1)
                    .writeEndObject();
        }
        Answer answer = new Answer(sink);
        try (InputStream body = post(path, request.toString(), token);
                JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            answer.read(json);
        }
        while (answer.isToBeAskedAgain()) {
            try (InputStream body = get(answer.resultPath());
                    JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
                answer.read(json);
            }
        }
        for (String chunk : answer.chunks()) {
            try (InputStream body = bracketed(get(chunk));
                    JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
                json.nextToken();
                Answer.readRows(json, sink);
            }
        }
    }

    /// A chunk's rows come without the brackets around them.
    private static InputStream bracketed(InputStream rows) {
        List<InputStream> parts =
                List.of(new ByteArrayInputStream(new byte[] {'['}), rows, new ByteArrayInputStream(new byte[] {']'}));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    @Override
    public void close() {
        try (InputStream body = post(endpoint.resolve("/session?delete=true"), "{}", token)) {
            body.readAllBytes();
        } catch (IOException e) {
            // The server ends an idle session by itself; there is nobody to tell.
            System.getLogger(ProtocolClient.class.getName()).log(System.Logger.Level.DEBUG, "logging out", e);
        }
    }

    private InputStream get(String path) throws IOException {
        return answer(connection(endpoint.resolve(path), token));
    }

    private static InputStream post(URI path, String body, @Nullable String token) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = connection(path, token);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        // With a length that is fixed Java does not send the statement again by itself when the connection is lost.
        connection.setFixedLengthStreamingMode(bytes.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(bytes);
        }
        return answer(connection);
    }

    private static HttpURLConnection connection(URI path, @Nullable String token) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) path.toURL().openConnection();
        connection.setConnectTimeout((int) LONGEST_CONNECT.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/snowflake");
        if (token != null) {
            connection.setRequestProperty("Authorization", "Snowflake Token=\"" + token + "\"");
        }
        return connection;
    }

    private static InputStream answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw new IOException("the warehouse answered HTTP " + status);
        }
        return connection.getInputStream();
    }
}
