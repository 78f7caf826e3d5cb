package dev.feedline.wire;

import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/// AWS JSON 1.0 and 1.1, and its CBOR spelling: `X-Amz-Target` names the operation, the body is the request.
public final class JsonProtocol implements Protocol {
    static final String CBOR_TYPE = "application/x-amz-cbor-1.1";

    private final String targetPrefix;
    private final Map<String, Operation> operations;
    private final QueryErrorCodes queryCodes;
    private final Shape.Known shapes = new Shape.Known();

    JsonProtocol(String targetPrefix, Map<String, Operation> operations, QueryErrorCodes queryCodes) {
        this.targetPrefix = targetPrefix;
        this.operations = operations;
        this.queryCodes = queryCodes;
    }

    @Override
    public boolean isRest() {
        return false;
    }

    @Override
    public Call find(RequestHead head, byte[] body) {
        String target = head.headers().first("x-amz-target").orElse("");
        if (!target.startsWith(targetPrefix + ".")) {
            throw WireError.refusal(
                    400,
                    "UnknownOperationException",
                    "X-Amz-Target '" + target + "' does not begin with " + targetPrefix);
        }
        String name = target.substring(targetPrefix.length() + 1);
        Operation operation = operations.get(name);
        if (operation == null) {
            throw WireError.NOT_IMPLEMENTED.because(name + " of " + targetPrefix + " is not implemented by Feedline.");
        }
        return Call.of(operation);
    }

    @Override
    public SdkRequest read(Call call, RequestHead head, byte[] body) {
        SdkPojo builder = call.operation().requestBuilder();
        dialect(head).read(body, builder, shapes);
        return ((SdkRequest.Builder) builder).build();
    }

    @Override
    public Answer write(Call call, RequestHead head, SdkResponse response, String requestId) {
        byte[] body = dialect(head).write(shapes, members -> members.addAll(response));
        return new Answer(200, headers(head, requestId), body);
    }

    @Override
    public Answer error(RequestHead head, AwsServiceException error, String requestId) {
        String code = error.awsErrorDetails().errorCode();
        String type = queryCodes.shapeOf(code);
        Headers headers = headers(head, requestId).add("x-amzn-errortype", type);
        queryCodes.headerOf(code, error.statusCode()).ifPresent(value -> headers.add("x-amzn-query-error", value));
        byte[] body = dialect(head).write(shapes, members -> {
            members.add("__type", type);
            members.add("message", error.awsErrorDetails().errorMessage());
            members.addAll(error); // the members a modelled exception has beside its message
        });
        return new Answer(error.statusCode(), headers, body);
    }

    private static Headers headers(RequestHead head, String requestId) {
        return new Headers()
                .add("x-amzn-requestid", requestId)
                .add("content-type", head.headers().first("content-type").orElse("application/x-amz-json-1.1"));
    }

    private static JsonDialect dialect(RequestHead head) {
        boolean cbor = head.headers().first("content-type").orElse("").startsWith(CBOR_TYPE);
        return cbor ? JsonDialect.CBOR : JsonDialect.JSON;
    }
}
