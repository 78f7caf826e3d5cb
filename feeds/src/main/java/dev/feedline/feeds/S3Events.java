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

    private S3Events() {}

    /// The objects created according to the event.
    ///
    /// @throws IllegalArgumentException when it is no event of S3
    public static List<ObjectReference> read(InputStream event) throws IOException {
        JsonNode records = parse(event).path("Records");
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
