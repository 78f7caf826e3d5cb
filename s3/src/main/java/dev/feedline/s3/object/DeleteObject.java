package dev.feedline.s3.object;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.notification.Outbox;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.VersionWriter;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;

/// DeleteObject.
public final class DeleteObject {
    private static final Honoured HONOURED = Honoured.members("Bucket", "Key", "VersionId", "IfMatch");

    private final S3Store store;
    private final Deletion deletion;

    public DeleteObject(S3Store store, VersionWriter writer, Outbox outbox) {
        this.store = store;
        this.deletion = new Deletion(writer, outbox);
    }

    public DeleteObjectResponse handle(DeleteObjectRequest request) {
        HONOURED.check(request, store.ground().account());
        Optional<String> ifMatch = Optional.ofNullable(request.ifMatch());
        Deletion.Deleted deleted = store.change(change -> {
            Bucket bucket = Buckets.require(change.tx(), request.bucket());
            return deletion.delete(change, bucket, request.key(), request.versionId(), ifMatch);
        });
        return DeleteObjectResponse.builder()
                .deleteMarker(deleted.deleteMarker() ? true : null)
                .versionId(deleted.versionId())
                .build();
    }
}
