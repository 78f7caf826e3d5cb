package dev.feedline.s3.object;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.notification.Outbox;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Change;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.VersionWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// DeleteObjects: up to [#MOST] keys in one request, each with its own result.
public final class DeleteObjects {
    static final int MOST = 1000;

    private static final Honoured HONOURED = Honoured.members("Bucket", "Delete", "ChecksumAlgorithm");
    private static final Honoured HONOURED_OF_EACH = Honoured.members("Key", "VersionId", "ETag");

    private final S3Store store;
    private final Deletion deletion;

    public DeleteObjects(S3Store store, VersionWriter writer, Outbox outbox) {
        this.store = store;
        this.deletion = new Deletion(writer, outbox);
    }

    private record Results(
            List<DeletedObject> deleted, List<software.amazon.awssdk.services.s3.model.S3Error> errors) {}

    public DeleteObjectsResponse handle(DeleteObjectsRequest request) {
        HONOURED.check(request, store.ground().account());
        List<ObjectIdentifier> objects = request.delete().objects();
        if (objects.isEmpty() || objects.size() > MOST) {
            throw S3Error.MALFORMED_XML.because(
                    "A delete names 1 to " + MOST + " objects; this one names " + objects.size());
        }
        objects.forEach(one -> HONOURED_OF_EACH.refuseOthers(one, "DeleteObjects"));
        Results results = store.change(change -> deleteAll(change, request.bucket(), objects));
        boolean quiet = Boolean.TRUE.equals(request.delete().quiet());
        return DeleteObjectsResponse.builder()
                .deleted(quiet ? List.of() : results.deleted())
                .errors(results.errors())
                .build();
    }

    private Results deleteAll(Change change, String bucketName, List<ObjectIdentifier> objects) throws SQLException {
        Bucket bucket = Buckets.require(change.tx(), bucketName);
        Results results = new Results(new ArrayList<>(), new ArrayList<>());
        for (ObjectIdentifier one : objects) {
            try {
                Deletion.Deleted deleted =
                        deletion.delete(change, bucket, one.key(), one.versionId(), Optional.ofNullable(one.eTag()));
                results.deleted().add(deleted(one, deleted));
            } catch (AwsServiceException e) {
                results.errors().add(error(one, e));
            }
        }
        return results;
    }

    private static DeletedObject deleted(ObjectIdentifier asked, Deletion.Deleted deleted) {
        return DeletedObject.builder()
                .key(asked.key())
                .versionId(asked.versionId())
                .deleteMarker(deleted.deleteMarker() ? true : null)
                .deleteMarkerVersionId(deleted.deleteMarker() ? deleted.versionId() : null)
                .build();
    }

    private static software.amazon.awssdk.services.s3.model.S3Error error(
            ObjectIdentifier asked, AwsServiceException e) {
        return software.amazon.awssdk.services.s3.model.S3Error.builder()
                .key(asked.key())
                .versionId(asked.versionId())
                .code(e.awsErrorDetails().errorCode())
                .message(e.awsErrorDetails().errorMessage())
                .build();
    }
}
