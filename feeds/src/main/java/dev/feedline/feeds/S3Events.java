package dev.feedline.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// S3's event notifications, as far as the pipeline reads and writes them.
///
/// A function that hands over to a new invocation of itself, and the sweep, write the same form, so there is one way
/// in.
public final class S3Events {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// An object as an event names it.
    ///
    /// @param versionId absent in a bucket without versions
    public record ObjectReference(
            String bucket, String key, @Nullable String versionId) {}

    /// What a function is told at once: of S3 itself, or by a message of a queue between them.
    ///
    /// @param messageId of the message; absent when S3 itself invoked the function
    /// @param fault why the message tells of nothing that S3 would tell; null when it does
    public record Notice(
            @Nullable String messageId,
            List<ObjectReference> objects,
            @Nullable String fault) {}

    private S3Events() {}

    /// What the event tells: one notice when it is S3's, and one for each message when it is of a queue.
    ///
    /// S3 sends a queue a test event when it becomes a bucket's target: that is a notice of no objects.
    ///
    /// @throws IllegalArgumentException when it is neither
    public static List<Notice> read(InputStream event) throws IOException {
        JsonNode tree = parse(event);
        if (!isOfQueue(tree)) {
            return List.of(new Notice(null, objects(tree), null));
        }
        List<Notice> notices = new ArrayList<>();
        for (JsonNode message : tree.path("Records")) {
            notices.add(notice(
                    message.required("messageId").asString(),
                    message.path("body").asString("")));
        }
        return notices;
    }

    /// The answer that keeps these messages in their queue and lets the others go (`ReportBatchItemFailures`).
    public static byte[] failures(List<String> messageIds) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        messageIds.forEach(id -> failures.addObject().put("itemIdentifier", id));
        return JSON.writeValueAsBytes(answer);
    }

    private static boolean isOfQueue(JsonNode event) {
        JsonNode first = event.path("Records").path(0);
        return first.path("eventSource").asString("").equals("aws:sqs");
    }

    private static Notice notice(String messageId, String body) {
        try {
            return new Notice(messageId, objects(JSON.readTree(body)), null);
        } catch (JacksonException e) {
            return new Notice(messageId, List.of(), "no S3 event: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return new Notice(messageId, List.of(), e.getMessage());
        }
    }

    private static List<ObjectReference> objects(JsonNode event) {
        JsonNode records = event.path("Records");
        if (event.path("Event").asString("").equals("s3:TestEvent")) {
            return List.of();
        }
        if (!records.isArray()) {
            throw new IllegalArgumentException("no S3 event: it has no Records");
        }
        List<ObjectReference> objects = new ArrayList<>();
        for (JsonNode record : records) {
            if (record.path("eventName").asString("").contains("ObjectCreated:")) {
                JsonNode s3 = record.required("s3");
                objects.add(new ObjectReference(
                        s3.required("bucket").required("name").asString(),
                        // Keys stand in events as in a form: URL-encoded, a space as a plus.
                        URLDecoder.decode(s3.required("object").required("key").asString(), StandardCharsets.UTF_8),
                        s3.required("object").path("versionId").asStringOpt().orElse(null)));
            }
        }
        return objects;
    }

    /// The event that tells of this object.
    public static byte[] write(ObjectReference object) {
        ObjectNode record = JSON.createObjectNode();
        record.put("eventVersion", "2.1").put("eventSource", "aws:s3").put("eventName", "ObjectCreated:Put");
        ObjectNode s3 = record.putObject("s3");
        s3.putObject("bucket").put("name", object.bucket());
        ObjectNode named = s3.putObject("object");
        named.put("key", java.net.URLEncoder.encode(object.key(), StandardCharsets.UTF_8));
        Optional.ofNullable(object.versionId()).ifPresent(version -> named.put("versionId", version));
        ObjectNode event = JSON.createObjectNode();
        event.putArray("Records").add(record);
        return JSON.writeValueAsBytes(event);
    }

    private static JsonNode parse(InputStream event) {
        try {
            return JSON.readTree(event);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no S3 event: " + e.getOriginalMessage(), e);
        }
    }
}
