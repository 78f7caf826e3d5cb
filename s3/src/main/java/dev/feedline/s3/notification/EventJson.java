package dev.feedline.s3.notification;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Caller;
import dev.feedline.kernel.Ground;
import dev.feedline.s3.state.Owners;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes the messages S3 sends ("Event message structure" in the S3 user guide).
final class EventJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Ground ground;

    EventJson(Ground ground) {
        this.ground = ground;
    }

    /// One event as a rule sends it.
    String event(NotificationRule rule, ObjectEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject().writeArrayPropertyStart("Records").writeStartObject();
            json.writeStringProperty("eventVersion", event.name().eventVersion());
            json.writeStringProperty("eventSource", "aws:s3");
            json.writeStringProperty("awsRegion", account().region());
            json.writeStringProperty("eventTime", TIME.format(event.time()));
            json.writeStringProperty("eventName", event.name().wireName());
            writeRequest(json);
            writeS3(json, rule, event);
            json.writeEndObject().writeEndArray().writeEndObject();
        }
        return text.toString();
    }

    /// What a queue receives when it becomes a target.
    String test(String bucket, Instant time) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("Service", "Amazon S3");
            json.writeStringProperty("Event", "s3:TestEvent");
            json.writeStringProperty("Time", TIME.format(time));
            json.writeStringProperty("Bucket", bucket);
            json.writeStringProperty("RequestId", requestId());
            json.writeStringProperty("HostId", "feedline");
            json.writeEndObject();
        }
        return text.toString();
    }

    private void writeRequest(JsonGenerator json) {
        String principal =
                Caller.current().map(Caller::accessKeyId).orElse(account().id());
        json.writeObjectPropertyStart("userIdentity")
                .writeStringProperty("principalId", "AWS:" + principal)
                .writeEndObject();
        json.writeObjectPropertyStart("requestParameters")
                .writeStringProperty("sourceIPAddress", "127.0.0.1")
                .writeEndObject();
        json.writeObjectPropertyStart("responseElements")
                .writeStringProperty("x-amz-request-id", requestId())
                .writeStringProperty("x-amz-id-2", "feedline")
                .writeEndObject();
    }

    private void writeS3(JsonGenerator json, NotificationRule rule, ObjectEvent event) {
        json.writeObjectPropertyStart("s3");
        json.writeStringProperty("s3SchemaVersion", "1.0");
        json.writeStringProperty("configurationId", rule.id());
        json.writeObjectPropertyStart("bucket").writeStringProperty("name", event.bucket());
        json.writeObjectPropertyStart("ownerIdentity")
                .writeStringProperty("principalId", Owners.id(account()))
                .writeEndObject();
        json.writeStringProperty("arn", Arn.bucket(event.bucket()).toString()).writeEndObject();
        json.writeObjectPropertyStart("object").writeStringProperty("key", encoded(event.key()));
        event.size().ifPresent(size -> json.writeNumberProperty("size", size));
        event.etag().ifPresent(etag -> json.writeStringProperty("eTag", etag));
        event.versionId().ifPresent(id -> json.writeStringProperty("versionId", id));
        json.writeStringProperty("sequencer", String.format(Locale.ROOT, "%018X", event.sequence()));
        json.writeEndObject().writeEndObject();
    }

    /// S3 encodes keys as forms do, a space as `+`, but leaves slashes.
    static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private Account account() {
        return ground.account();
    }

    private String requestId() {
        return ground.ids().hex(16).toUpperCase(Locale.ROOT);
    }
}
