package dev.feedline.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The Runtime API's other side for one process, known as `token-1`.
final class OneProcess implements RuntimeApi {
    static final Instant DEADLINE = Instant.parse("2026-11-22T10:11:12Z");

    final BlockingQueue<Next> waiting = new LinkedBlockingQueue<>();
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    void invoke(String requestId, String payload) {
        waiting.add(new Next(
                requestId,
                DEADLINE,
                "arn:aws:lambda:us-east-1:000000000000:function:f",
                "Root=1-0-0",
                payload.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Next next(String token) throws InterruptedException {
        require(token);
        return waiting.take();
    }

    @Override
    public void respond(String token, String requestId, InputStream body) throws IOException {
        require(token);
        heard.add(requestId + " answered " + text(body));
    }

    @Override
    public void error(String token, @Nullable String requestId, String errorType, InputStream body) throws IOException {
        require(token);
        heard.add(requestId + " failed with " + errorType + " " + text(body));
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void require(String token) {
        if (!token.equals("token-1")) {
            throw new UnknownTokenException("no process has this token");
        }
    }
}
