package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Lambda Runtime API, version 2018-06-01, for the processes that functions run in.
public final class RuntimeDoor implements Door {
    /// The front of the path that `AWS_LAMBDA_RUNTIME_API` carries; a process's token follows.
    public static final String PREFIX = "/_feedline/runtime";

    private static final Pattern PATH =
            Pattern.compile(PREFIX + "/(?<token>[A-Za-z0-9_-]{1,128})/2018-06-01/runtime/(?<rest>[A-Za-z0-9/_-]+)");
    private static final Pattern OF_REQUEST =
            Pattern.compile("invocation/(?<id>[A-Za-z0-9-]+)/(?<what>response|error)");

    private final RuntimeApi runtime;

    public RuntimeDoor(RuntimeApi runtime) {
        this.runtime = runtime;
    }

    @Override
    public List<String> paths() {
        return List.of(PREFIX);
    }

    @Override
    public void serve(Exchange exchange) throws IOException, InterruptedException {
        Matcher path = PATH.matcher(exchange.head().path());
        try {
            if (!path.matches() || !serve(exchange, path.group("token"), path.group("rest"))) {
                exchange.answer(error(404, "NotFound", "no such resource of the Runtime API"));
            }
        } catch (RuntimeApi.UnknownTokenException e) {
            exchange.answer(error(403, "Forbidden", String.valueOf(e.getMessage())));
        }
    }

    private boolean serve(Exchange exchange, String token, String rest) throws IOException, InterruptedException {
        String method = exchange.head().method();
        if (method.equals("GET") && rest.equals("invocation/next")) {
            exchange.answer(invocation(runtime.next(token)));
            return true;
        }
        Matcher ofRequest = OF_REQUEST.matcher(rest);
        boolean starting = rest.equals("init/error");
        if (!method.equals("POST") || !(starting || ofRequest.matches())) {
            return false;
        }
        if (starting) {
            runtime.error(token, null, errorType(exchange), exchange.body());
        } else if (ofRequest.group("what").equals("response")) {
            runtime.respond(token, ofRequest.group("id"), exchange.body());
        } else {
            runtime.error(token, ofRequest.group("id"), errorType(exchange), exchange.body());
        }
        exchange.answer(json(202, "{\"status\":\"OK\"}"));
        return true;
    }

    private static Answer invocation(RuntimeApi.Next next) {
        Headers headers = new Headers()
                .add("content-type", "application/json")
                .add("lambda-runtime-aws-request-id", next.requestId())
                .add("lambda-runtime-deadline-ms", Long.toString(next.deadline().toEpochMilli()))
                .add("lambda-runtime-invoked-function-arn", next.functionArn())
                .add("lambda-runtime-trace-id", next.traceId());
        return new Answer(200, headers, next.payload());
    }

    private static String errorType(Exchange exchange) {
        return exchange.head()
                .headers()
                .first("lambda-runtime-function-error-type")
                .orElse("Runtime.Unknown");
    }

    private static Answer error(int status, String type, String message) {
        String plain = message.replaceAll("[\"\\\\\\p{Cntrl}]", " ");
        return json(status, "{\"errorType\":\"" + type + "\",\"errorMessage\":\"" + plain + "\"}");
    }

    private static Answer json(int status, String text) {
        return new Answer(
                status, new Headers().add("content-type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
    }
}
