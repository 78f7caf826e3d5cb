package dev.feedline.s3.object;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.notification.EventName;
import dev.feedline.s3.notification.Outbox;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;

/// The three operations on an object's tags.
public final class ObjectTags {
    private static final Honoured HONOURED =
            Honoured.members("Bucket", "Key", "VersionId", "Tagging", "ContentMD5", "ChecksumAlgorithm");

    private final S3Store store;
    private final Outbox outbox;

    public ObjectTags(S3Store store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    public GetObjectTaggingResponse get(GetObjectTaggingRequest request) {
        HONOURED.check(request, store.ground().account());
        ObjectLookup.Found found =
                store.read(tx -> ObjectLookup.require(tx, request.bucket(), request.key(), request.versionId()));
        return GetObjectTaggingResponse.builder()
                .versionId(found.shownVersionId())
                .tagSet(Tags.sdk(found.version().description().tags()))
                .build();
    }

    public PutObjectTaggingResponse put(PutObjectTaggingRequest request) {
        HONOURED.check(request, store.ground().account());
        Map<String, String> tags = Tags.ofObject(request.tagging().tagSet());
        return PutObjectTaggingResponse.builder()
                .versionId(set(request.bucket(), request.key(), request.versionId(), tags, EventName.TAGGING_PUT))
                .build();
    }

    public DeleteObjectTaggingResponse delete(DeleteObjectTaggingRequest request) {
        HONOURED.check(request, store.ground().account());
        return DeleteObjectTaggingResponse.builder()
                .versionId(
                        set(request.bucket(), request.key(), request.versionId(), Map.of(), EventName.TAGGING_DELETE))
                .build();
    }

    private @Nullable String set(
            String bucket, String key, @Nullable String versionId, Map<String, String> tags, EventName event) {
        return store.change(change -> {
            ObjectLookup.Found found = ObjectLookup.require(change.tx(), bucket, key, versionId);
            Versions.setTags(change.tx(), found.version(), tags);
            outbox.tell(change, found.bucket(), event, found.version());
            return found.shownVersionId();
        });
    }
}
