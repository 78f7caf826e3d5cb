package dev.feedline.lambda;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The payload of a failed invocation: `errorMessage`, `errorType` and, for exceptions, `stackTrace`.
final class ErrorPayload {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DEEPEST_CAUSE = 10;

    private ErrorPayload() {}

    static Outcome.Failed of(Throwable thrown) {
        return new Outcome.Failed(bytes(tree(thrown, 0)), String.valueOf(thrown.getMessage()));
    }

    static Outcome.Failed of(String type, String message) {
        ObjectNode error = JSON.createObjectNode();
        error.put("errorType", type);
        error.put("errorMessage", message);
        return new Outcome.Failed(bytes(error), message);
    }

    static Outcome.Failed timedOut(String requestId, Duration timeout) {
        return of(
                "Sandbox.Timedout",
                String.format(
                        Locale.ROOT,
                        "RequestId: %s Error: Task timed out after %d.00 seconds",
                        requestId,
                        timeout.toSeconds()));
    }

    static Outcome.Failed tooLarge() {
        return of(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + Invocation.LARGEST_PAYLOAD_BYTES
                        + " bytes).");
    }

    /// What a runtime reported about its function, as it is.
    static Outcome.Failed reported(SdkBytes payload) {
        try {
            JsonNode message = JSON.readTree(payload.asByteArrayUnsafe()).path("errorMessage");
            return new Outcome.Failed(payload, message.asString(""));
        } catch (JacksonException e) {
            return of(
                    "Runtime.InvalidErrorShape",
                    "The runtime reported an error that is no JSON: " + e.getOriginalMessage());
        }
    }

    private static SdkBytes bytes(ObjectNode error) {
        return SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(error));
    }

    private static ObjectNode tree(Throwable thrown, int depth) {
        ObjectNode error = JSON.createObjectNode();
        error.put("errorMessage", thrown.getMessage());
        error.put("errorType", thrown.getClass().getName());
        ArrayNode trace = error.putArray("stackTrace");
        Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::toString).forEach(trace::add);
        @Nullable Throwable cause = thrown.getCause();
        if (cause != null && depth < DEEPEST_CAUSE) {
            error.set("cause", tree(cause, depth + 1));
        }
        return error;
    }
}
