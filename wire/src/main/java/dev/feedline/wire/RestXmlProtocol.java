package dev.feedline.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.utils.builder.Buildable;

/// REST-XML, as S3 speaks it: method, path and query markers name the operation, bodies are XML or an object's bytes.
public final class RestXmlProtocol implements Protocol {
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    /// What `encoding-type=url` encodes in a listing.
    private static final Set<String> KEY_MEMBERS =
            Set.of("Key", "Prefix", "Delimiter", "Marker", "NextMarker", "KeyMarker", "NextKeyMarker", "StartAfter");

    private final Routes routes;
    private final Shape.Known shapes = new Shape.Known();
    private final RestFields fields = new RestFields(shapes);

    RestXmlProtocol(Routes routes) {
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
        if (body.length > 0) {
            shapes.of(builder).payload().ifPresent(field -> readPayload(field, body, builder));
        }
        return ((SdkRequest.Builder) builder).build();
    }

    @Override
    public Answer write(Call call, RequestHead head, SdkResponse response, String requestId) {
        Headers headers = headers(requestId);
        fields.write(response, headers);
        int status = call.route().map(Route::status).orElse(200);
        if (status == 200 && headers.has("content-range")) {
            status = 206;
        }
        boolean encodeKeys = head.query().first("encoding-type").orElse("").equals("url");
        byte[] body = call.operation().form() == Operation.Form.DOWNLOAD
                ? new byte[0]
                : body(call.route().flatMap(Route::root), response, encodeKeys);
        if (body.length > 0) {
            headers.set("content-type", body[0] == '<' ? "application/xml" : "application/json");
        }
        return new Answer(status, headers, body);
    }

    @Override
    public Answer error(RequestHead head, AwsServiceException error, String requestId) {
        Headers headers = headers(requestId);
        if (error.awsErrorDetails().sdkHttpResponse() != null) {
            error.awsErrorDetails()
                    .sdkHttpResponse()
                    .headers()
                    .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        }
        if (error.statusCode() == 304) {
            return new Answer(304, headers, new byte[0]);
        }
        XmlText xml = new XmlText()
                .open("Error")
                .element("Code", error.awsErrorDetails().errorCode())
                .element("Message", error.awsErrorDetails().errorMessage())
                .element("Resource", head.path())
                .element("RequestId", requestId)
                .element("HostId", hostId(requestId))
                .close();
        return new Answer(error.statusCode(), headers.set("content-type", "application/xml"), xml.bytes());
    }

    private void readPayload(SdkField<?> field, byte[] body, SdkPojo builder) {
        if (field.constructor() == null) {
            field.set(builder, new String(body, StandardCharsets.UTF_8)); // a bucket policy's JSON
            return;
        }
        SdkPojo nested = field.constructor().get();
        XmlPojoReader.read(body, field.locationName(), nested, shapes);
        field.set(builder, ((Buildable) nested).build());
    }

    private byte[] body(Optional<String> root, SdkResponse response, boolean encodeKeys) {
        Shape shape = shapes.of(response);
        XmlText xml = new XmlText();
        XmlPojoWriter writer = new XmlPojoWriter(xml, shapes, spelling(encodeKeys));
        if (shape.payload().isEmpty()) {
            if (root.isEmpty()) {
                return new byte[0];
            }
            xml.open(root.get(), NAMESPACE);
            writer.writeMembers(response);
            if (encodeKeys && lacksEncodingType(response)) {
                xml.element("EncodingType", "url"); // only then do clients decode the keys
            }
            return xml.close().bytes();
        }
        Object payload = shape.payload().get().getValueOrDefault(response);
        return switch (payload) {
            case null ->
                root.map(name -> xml.open(name, NAMESPACE).close().bytes()).orElse(new byte[0]);
            case String text
            when root.isPresent() ->
                xml.open(root.get(), NAMESPACE).text(text).close().bytes();
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case SdkPojo pojo -> {
                xml.open(root.orElseGet(() -> shape.payload().get().unmarshallLocationName()), NAMESPACE);
                writer.writeMembers(pojo);
                yield xml.close().bytes();
            }
            default -> throw new IllegalStateException("no payload: " + payload.getClass());
        };
    }

    /// Rooms speak raw keys and leave this member to the wire.
    private static boolean lacksEncodingType(SdkResponse response) {
        return response.sdkFields().stream()
                .anyMatch(field ->
                        field.memberName().equals("EncodingType") && field.getValueOrDefault(response) == null);
    }

    private static BiFunction<SdkField<?>, String, String> spelling(boolean encodeKeys) {
        // The elements of a list of text, such as ChecksumAlgorithm, are fields without a name.
        return encodeKeys
                ? (field, text) -> field.memberName() != null && KEY_MEMBERS.contains(field.memberName())
                        ? Percent.encodePath(text)
                        : text
                : (field, text) -> text;
    }

    private static Headers headers(String requestId) {
        return new Headers().add("x-amz-request-id", requestId).add("x-amz-id-2", hostId(requestId));
    }

    private static String hostId(String requestId) {
        return Base64.getEncoder().encodeToString(("feedline/" + requestId).getBytes(StandardCharsets.UTF_8));
    }
}
