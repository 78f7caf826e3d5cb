package dev.feedline.wire;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.utils.builder.Buildable;

/// REST-JSON, as Lambda speaks it: method and path name the operation, the body is JSON or one raw payload.
public final class RestJsonProtocol implements Protocol {
    private final Routes routes;
    private final Shape.Known shapes = new Shape.Known();
    private final RestFields fields = new RestFields(shapes);

    RestJsonProtocol(Routes routes) {
        this.routes = routes;
    }

    @Override
    public boolean isRest() {
        return true;
    }

    @Override
    public Call find(RequestHead head, byte[] body) {
        return routes.find(head);
    }

    @Override
    public SdkRequest read(Call call, RequestHead head, byte[] body) {
        fields.refuseUnknown(call, head);
        SdkPojo builder = call.operation().requestBuilder();
        fields.read(call, head, builder);
        Shape shape = shapes.of(builder);
        if (shape.payload().isPresent()) {
            readPayload(shape.payload().get(), body, builder);
        } else if (!shape.inBody().isEmpty()) {
            JsonDialect.JSON.read(body, builder, shapes);
        }
        return ((SdkRequest.Builder) builder).build();
    }

    @Override
    public Answer write(Call call, RequestHead head, SdkResponse response, String requestId) {
        Headers headers = new Headers().add("x-amzn-requestid", requestId).add("content-type", "application/json");
        fields.write(response, headers);
        int status = fields.status(response)
                .orElseGet(() -> call.route().map(Route::status).orElse(200));
        return new Answer(status, headers, status == 204 ? new byte[0] : body(response));
    }

    @Override
    public Answer error(RequestHead head, AwsServiceException error, String requestId) {
        String code = error.awsErrorDetails().errorCode();
        Headers headers = new Headers()
                .add("x-amzn-requestid", requestId)
                .add("x-amzn-errortype", code)
                .add("content-type", "application/json");
        byte[] body = JsonDialect.JSON.write(shapes, members -> {
            members.add("__type", code);
            members.add("message", error.awsErrorDetails().errorMessage());
            members.addAll(error); // the members a modelled exception has beside its message
        });
        return new Answer(error.statusCode(), headers, body);
    }

    private void readPayload(SdkField<?> field, byte[] body, SdkPojo builder) {
        switch (field.marshallingType().getKnownType()) {
            case SDK_BYTES -> field.set(builder, SdkBytes.fromByteArrayUnsafe(body));
            case STRING -> field.set(builder, new String(body, StandardCharsets.UTF_8));
            case SDK_POJO -> {
                SdkPojo nested = field.constructor().get();
                JsonDialect.JSON.read(body, nested, shapes);
                field.set(builder, ((Buildable) nested).build());
            }
            case NULL, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, BOOLEAN, INSTANT, LIST, MAP, DOCUMENT ->
                throw new IllegalStateException("no payload: " + field.memberName());
        }
    }

    private byte[] body(SdkResponse response) {
        Shape shape = shapes.of(response);
        if (shape.payload().isEmpty()) {
            return JsonDialect.JSON.write(shapes, members -> members.addAll(response));
        }
        return switch (shape.payload().get().getValueOrDefault(response)) {
            case null -> new byte[0];
            case SdkBytes bytes -> bytes.asByteArrayUnsafe();
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case SdkPojo pojo -> JsonDialect.JSON.write(shapes, members -> members.addAll(pojo));
            case Object other -> throw new IllegalStateException("no payload: " + other.getClass());
        };
    }
}
