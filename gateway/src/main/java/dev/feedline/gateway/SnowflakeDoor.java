package dev.feedline.gateway;

import dev.feedline.gateway.snowflake.ChunkFile;
import dev.feedline.gateway.snowflake.DriverProtocol;
import dev.feedline.gateway.snowflake.ProtocolSettings;
import dev.feedline.snowflake.Session;
import dev.feedline.snowflake.SessionOptions;
import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/// The way in for Snowflake's drivers: their routes over HTTP; [DriverProtocol] says what is meant.
public final class SnowflakeDoor implements Door, AutoCloseable {
    /// Larger requests are refused; Snowflake's own limit of a statement's text is 1 MB, the rest is for array binds.
    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final String QUERIES = "/queries/";
    private static final String MONITORING = "/monitoring/queries/";

    private final BodyBudget bodies = BodyBudget.of(4L * LARGEST_REQUEST);
    private final DriverProtocol protocol;

    /// @param opening opens a session of the warehouse
    /// @param results where results wait that are too long for one answer; what it holds is removed
    public SnowflakeDoor(
            Function<SessionOptions, Session> opening, SnowflakeUsers users, Path results, InstantSource clock)
            throws IOException {
        this(opening, users, ProtocolSettings.of(results, clock));
    }

    SnowflakeDoor(Function<SessionOptions, Session> opening, SnowflakeUsers users, ProtocolSettings settings)
            throws IOException {
        this.protocol = new DriverProtocol(opening, users::accepts, users::publicKeys, settings);
    }

    @Override
    public List<String> paths() {
        return List.of("/session", "/queries", "/monitoring", "/telemetry", "/v1/data", "/api/v2");
    }

    @Override
    public void serve(Exchange exchange) throws IOException, InterruptedException {
        String path = exchange.head().path();
        if (exchange.head().method().equals("GET")) {
            get(exchange, path);
        } else if (exchange.head().method().equals("POST")) {
            post(exchange, path);
        } else {
            notFound(exchange);
        }
    }

    @Override
    public void close() {
        protocol.close();
    }

    private void post(Exchange exchange, String path) throws IOException, InterruptedException {
        switch (path) {
            case "/session/v1/login-request" -> {
                try (BodyBudget.Body body = body(exchange)) {
                    exchange.answer(
                            json(protocol.logIn(body.bytes(), exchange.head().query()::first)));
                }
            }
            case "/session/token-request" -> exchange.answer(json(protocol.renew(token(exchange))));
            case "/session/heartbeat" -> exchange.answer(json(protocol.heartbeat(token(exchange))));
            case "/session", "/session/logout-request" -> exchange.answer(json(protocol.logOut(token(exchange))));
            case "/queries/v1/query-request" -> query(exchange);
            case "/queries/v1/abort-request" -> {
                try (BodyBudget.Body body = body(exchange)) {
                    exchange.answer(json(protocol.abort(token(exchange), body.bytes())));
                }
            }
            default -> {
                String id = between(path, QUERIES, "/abort-request");
                if (!id.isEmpty()) {
                    exchange.answer(json(protocol.abortQuery(token(exchange), id)));
                } else if (path.startsWith("/telemetry/send")) {
                    exchange.answer(json(protocol.telemetry()));
                } else {
                    notFound(exchange);
                }
            }
        }
    }

    private void get(Exchange exchange, String path) throws IOException, InterruptedException {
        String result = between(path, QUERIES, "/result");
        if (!result.isEmpty()) {
            exchange.answer(json(protocol.result(token(exchange), result, base(exchange))));
        } else if (path.startsWith(MONITORING)) {
            exchange.answer(json(protocol.monitor(token(exchange), path.substring(MONITORING.length()))));
        } else if (path.startsWith("/queries/chunks/")) {
            chunk(exchange, path.substring("/queries/chunks/".length()));
        } else {
            notFound(exchange);
        }
    }

    private void query(Exchange exchange) throws IOException, InterruptedException {
        String requestId = exchange.head().query().first("requestId").orElse("");
        byte[] answer;
        try (BodyBudget.Body body = body(exchange)) {
            answer = protocol.query(token(exchange), requestId, body.bytes(), base(exchange));
        }
        exchange.answer(json(answer));
    }

    /// A chunk's address is its key: whoever was told it may fetch it, as with a presigned URL of S3.
    private void chunk(Exchange exchange, String address) throws IOException {
        Optional<ChunkFile> chunk = protocol.chunk(address);
        if (chunk.isEmpty()) {
            notFound(exchange);
            return;
        }
        Headers headers = new Headers()
                .add("content-type", "application/json")
                .add("content-length", Long.toString(chunk.get().length()));
        try (OutputStream out = exchange.begin(200, headers)) {
            chunk.get().copyTo(out);
        }
    }

    private BodyBudget.Body body(Exchange exchange) throws IOException {
        boolean gzip = exchange.head()
                .headers()
                .first("content-encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        if (!gzip) {
            return bodies.read(exchange, LARGEST_REQUEST);
        }
        try (BodyBudget.Body packed = bodies.read(exchange, LARGEST_REQUEST);
                InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.bytes()))) {
            return bodies.read(in, Math.min(LARGEST_REQUEST, 16L * packed.bytes().length), LARGEST_REQUEST);
        }
    }

    /// Where the client reaches us, by the name it used itself.
    private static String base(Exchange exchange) {
        return "http://" + exchange.head().headers().first("host").orElse("127.0.0.1");
    }

    /// `Authorization: Snowflake Token="…"`
    private static Optional<String> token(Exchange exchange) {
        return exchange.head()
                .headers()
                .first("authorization")
                .filter(value -> value.startsWith("Snowflake Token=\"") && value.endsWith("\""))
                .map(value -> value.substring("Snowflake Token=\"".length(), value.length() - 1));
    }

    private static String between(String path, String before, String after) {
        boolean fits =
                path.length() > before.length() + after.length() && path.startsWith(before) && path.endsWith(after);
        return fits ? path.substring(before.length(), path.length() - after.length()) : "";
    }

    private static void notFound(Exchange exchange) throws IOException {
        byte[] body = "{\"message\":\"This part of Snowflake's API is not implemented by Feedline.\",\"success\":false}"
                .getBytes(StandardCharsets.UTF_8);
        exchange.answer(new Answer(404, new Headers().add("content-type", "application/json"), body));
    }

    private static Answer json(byte[] body) {
        return new Answer(200, new Headers().add("content-type", "application/json"), body);
    }
}
