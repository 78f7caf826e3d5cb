package dev.feedline.snowflake.pipe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an S3 event notification says of created objects.
///
/// @param key as the object has it: events write it as in a form, with `+` for a space
record S3Event(String bucket, String key, long size, String etag) {
    private static final JsonMapper JSON = new JsonMapper();

    /// The created objects of a message; none for `s3:TestEvent`, for other events, and for what is no
    /// event.
    static List<S3Event> created(String message) {
        List<S3Event> events = new ArrayList<>();
        try {
            for (JsonNode one : JSON.readTree(message).path("Records")) {
                JsonNode object = one.path("s3").path("object");
                if (one.path("eventName").asString("").startsWith("ObjectCreated:")
                        && object.path("key").isString()) {
                    events.add(new S3Event(
                            one.path("s3").path("bucket").path("name").asString(""),
                            URLDecoder.decode(object.path("key").asString(), StandardCharsets.UTF_8),
                            object.path("size").asLong(0),
                            object.path("eTag").asString("")));
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of();
        }
        return events;
    }
}
