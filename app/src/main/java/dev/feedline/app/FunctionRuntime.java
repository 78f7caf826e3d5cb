package dev.feedline.app;

import dev.feedline.gateway.RuntimeApi;
import dev.feedline.lambda.RuntimeApi.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Runtime API that `gateway` serves, answered by the `lambda` room.
record FunctionRuntime(dev.feedline.lambda.RuntimeApi lambda) implements RuntimeApi {
    @Override
    public Next next(String token) throws InterruptedException {
        try {
            dev.feedline.lambda.RuntimeApi.Next next = lambda.next(token);
            Map<String, String> headers = next.headers();
            return new Next(
                    headers.getOrDefault("Lambda-Runtime-Aws-Request-Id", ""),
                    Instant.ofEpochMilli(Long.parseLong(headers.getOrDefault("Lambda-Runtime-Deadline-Ms", "0"))),
                    headers.getOrDefault("Lambda-Runtime-Invoked-Function-Arn", ""),
                    headers.getOrDefault("Lambda-Runtime-Trace-Id", ""),
                    next.payload().asByteArray());
        } catch (RefusedException e) {
            throw unknown(e);
        }
    }

    @Override
    public void respond(String token, String requestId, InputStream body) throws IOException {
        try {
            lambda.respond(token, requestId, body);
        } catch (RefusedException e) {
            throw unknown(e);
        }
    }

    @Override
    public void error(String token, @Nullable String requestId, String errorType, InputStream body) throws IOException {
        try {
            lambda.error(token, requestId, errorType, body);
        } catch (RefusedException e) {
            throw unknown(e);
        }
    }

    private static UnknownTokenException unknown(RefusedException refused) {
        return new UnknownTokenException(String.valueOf(refused.getMessage()));
    }
}
