package dev.feedline.gateway;

import dev.feedline.gateway.snowflake.DriverProtocol;
import dev.feedline.gateway.snowflake.Sessions;
import dev.feedline.snowflake.Session;
import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/// Snowflake's driver protocol, first depth: log in with a password, ask, keep alive, log out; JSON results.
public final class SnowflakeDoor implements Door, AutoCloseable {
    /// Larger requests are refused; Snowflake's own limit of a statement's text is 1 MB.
    private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

    private final DriverProtocol protocol;
    private final Sessions sessions;

    /// Who may log in.
    @FunctionalInterface
    public interface Users {
        boolean accepts(String user, String password);
    }

    public SnowflakeDoor(Supplier<Session> opening, Users users, InstantSource clock) {
        this.sessions = new Sessions(opening, clock);
        this.protocol = new DriverProtocol(sessions, users::accepts);
    }

    @Override
    public List<String> paths() {
        return List.of("/session", "/queries", "/telemetry", "/v1/data", "/api/v2");
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        String path = exchange.head().path();
        boolean post = exchange.head().method().equals("POST");
        if (!post) {
            notFound(exchange);
        } else if (path.equals("/session/v1/login-request")) {
            exchange.answer(json(protocol.logIn(body(exchange))));
        } else if (path.equals("/queries/v1/query-request")) {
            query(exchange);
        } else if (path.equals("/session") && exchange.head().query().has("delete")) {
            exchange.answer(json(protocol.logOut(token(exchange))));
        } else if (path.equals("/session/heartbeat")) {
            exchange.answer(json(protocol.heartbeat(token(exchange))));
        } else if (path.startsWith("/telemetry/send")) {
            exchange.answer(json(protocol.telemetry()));
        } else {
            notFound(exchange);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }

    private void query(Exchange exchange) throws IOException {
        byte[] request = body(exchange);
        protocol.query(token(exchange), request, new DriverProtocol.Reply() {
            @Override
            public void whole(byte[] json) throws IOException {
                exchange.answer(json(json));
            }

            @Override
            public OutputStream streamed() throws IOException {
                return exchange.begin(200, new Headers().add("content-type", "application/json"));
            }
        });
    }

    private static byte[] body(Exchange exchange) throws IOException {
        boolean gzip = exchange.head()
                .headers()
                .first("content-encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        try (InputStream in = gzip ? new GZIPInputStream(exchange.body()) : exchange.body()) {
            byte[] body = in.readNBytes(LARGEST_REQUEST + 1);
            if (body.length > LARGEST_REQUEST) {
                throw new IOException("a request to the warehouse is larger than " + LARGEST_REQUEST + " bytes");
            }
            return body;
        }
    }

    /// `Authorization: Snowflake Token="…"`
    private static Optional<String> token(Exchange exchange) {
        return exchange.head()
                .headers()
                .first("authorization")
                .filter(value -> value.startsWith("Snowflake Token=\"") && value.endsWith("\""))
                .map(value -> value.substring("Snowflake Token=\"".length(), value.length() - 1));
    }

    private static void notFound(Exchange exchange) throws IOException {
        byte[] body = "{\"message\":\"This part of Snowflake's API is not implemented by Feedline.\",\"success\":false}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.answer(new Answer(404, new Headers().add("content-type", "application/json"), body));
    }

    private static Answer json(byte[] body) {
        return new Answer(200, new Headers().add("content-type", "application/json"), body);
    }
}
