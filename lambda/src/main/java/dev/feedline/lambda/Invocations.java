package dev.feedline.lambda;

import dev.feedline.kernel.Ground;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/// The three ways to invoke a function: and wait, as an event, and only to see whether one could.
final class Invocations {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SdkBytes NO_PAYLOAD = SdkBytes.fromUtf8String("{}");

    private final Functions functions;
    private final Events events;
    private final Invoker invoker;
    private final Slots slots;
    private final Ground ground;

    Invocations(Functions functions, Events events, Invoker invoker, Slots slots, Ground ground) {
        this.functions = functions;
        this.events = events;
        this.invoker = invoker;
        this.slots = slots;
        this.ground = ground;
    }

    InvokeResponse invoke(InvokeRequest request) {
        Requests.requireOnly(
                Set.of("FunctionName", "InvocationType", "LogType", "ClientContext", "Payload", "Qualifier"), request);
        Function function = functions.get(request.functionName(), request.qualifier());
        InvocationType type =
                request.invocationType() == null ? InvocationType.REQUEST_RESPONSE : request.invocationType();
        return switch (type) {
            case DRY_RUN -> InvokeResponse.builder().statusCode(204).build();
            case EVENT -> accept(function, request);
            case REQUEST_RESPONSE -> runAndWait(function, request);
            case UNKNOWN_TO_SDK_VERSION ->
                throw LambdaError.INVALID_PARAMETER_VALUE.because("InvocationType " + request.invocationTypeAsString()
                        + " is none of RequestResponse, Event, DryRun");
        };
    }

    private InvokeResponse accept(Function function, InvokeRequest request) {
        SdkBytes payload = payload(request, Invocation.LARGEST_ASYNCHRONOUS_PAYLOAD_BYTES, InvocationType.EVENT);
        events.accept(function, ground.ids().uuid().toString(), payload);
        return InvokeResponse.builder().statusCode(202).build();
    }

    private InvokeResponse runAndWait(Function function, InvokeRequest request) {
        SdkBytes payload = payload(request, Invocation.LARGEST_PAYLOAD_BYTES, InvocationType.REQUEST_RESPONSE);
        if (function.isBuiltIn() && request.clientContext() != null) {
            throw Requests.unsupported("ClientContext for a built-in function", request);
        }
        Slots.Slot slot = slots.take(function)
                .orElseThrow(() -> LambdaError.TOO_MANY_REQUESTS.because("Rate Exceeded. "
                        + slots.running(function.name()) + " invocations of " + function.name() + " are running"));
        LogTail log = new LogTail(function.name(), request.logType() == LogType.TAIL);
        Invocation invocation =
                new Invocation(function, ground.ids().uuid().toString(), payload, request.clientContext());
        try {
            return answer(invoker.run(invocation, log, slot), log.isAskedFor() ? log.base64() : null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LambdaError.SERVICE.because("Interrupted while " + function.name() + " was running", e);
        }
    }

    private static InvokeResponse answer(Outcome outcome, @org.jspecify.annotations.Nullable String logResult) {
        return InvokeResponse.builder()
                .statusCode(200)
                .executedVersion(FunctionName.LATEST)
                .functionError(outcome instanceof Outcome.Failed ? Outcome.Failed.FUNCTION_ERROR : null)
                .logResult(logResult)
                .payload(outcome.payload())
                .build();
    }

    private static SdkBytes payload(InvokeRequest request, int largest, InvocationType type) {
        if (request.payload() == null || request.payload().asByteArrayUnsafe().length == 0) {
            return NO_PAYLOAD;
        }
        byte[] bytes = request.payload().asByteArrayUnsafe();
        if (bytes.length > largest) {
            throw LambdaError.REQUEST_TOO_LARGE.because(bytes.length + " byte payload is too large for the " + type
                    + " invocation type (limit " + largest + " bytes)");
        }
        requireJson(bytes);
        return request.payload();
    }

    private static void requireJson(byte[] payload) {
        try (JsonParser parser = JSON.createParser(payload)) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw LambdaError.INVALID_REQUEST_CONTENT.because(
                        "Could not parse request body into json: there is more than one value");
            }
        } catch (JacksonException e) {
            throw LambdaError.INVALID_REQUEST_CONTENT.because(
                    "Could not parse request body into json: " + e.getOriginalMessage(), e);
        }
    }
}
