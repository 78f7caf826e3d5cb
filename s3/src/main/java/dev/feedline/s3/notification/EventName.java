package dev.feedline.s3.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The events that happen here, under the names S3 gives them.
public enum EventName {
    CREATED_PUT("ObjectCreated:Put"),
    CREATED_POST("ObjectCreated:Post"),
    CREATED_COPY("ObjectCreated:Copy"),
    CREATED_COMPLETE_MULTIPART_UPLOAD("ObjectCreated:CompleteMultipartUpload"),
    REMOVED_DELETE("ObjectRemoved:Delete"),
    REMOVED_DELETE_MARKER_CREATED("ObjectRemoved:DeleteMarkerCreated"),
    TAGGING_PUT("ObjectTagging:Put"),
    TAGGING_DELETE("ObjectTagging:Delete"),
    EXPIRATION_DELETE("LifecycleExpiration:Delete"),
    EXPIRATION_DELETE_MARKER_CREATED("LifecycleExpiration:DeleteMarkerCreated");

    private final String wireName;

    EventName(String wireName) {
        this.wireName = wireName;
    }

    /// As it stands in an event: without `s3:`.
    public String wireName() {
        return wireName;
    }

    /// The layout of the event: 2.3 brought lifecycle and tagging, everything else is 2.1.
    String eventVersion() {
        return wireName.startsWith("ObjectTagging") || wireName.startsWith("LifecycleExpiration") ? "2.3" : "2.1";
    }

    /// What a rule's event type (`s3:ObjectCreated:*`) stands for; empty when it never happens here.
    static Optional<List<EventName>> matching(String type) {
        List<EventName> names =
                Arrays.stream(values()).filter(name -> name.isMatchedBy(type)).toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private boolean isMatchedBy(String type) {
        String name = "s3:" + wireName;
        boolean family = type.endsWith(":*");
        return family ? name.startsWith(type.substring(0, type.length() - 1)) : name.equals(type);
    }
}
