package dev.feedline.s3.object;

import dev.feedline.s3.notification.EventName;
import dev.feedline.s3.notification.Outbox;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Change;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.VersionWriter;
import dev.feedline.s3.state.Versioning;
import dev.feedline.s3.state.Versions;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deletes one key or version, as the bucket's versioning has it.
public final class Deletion {
    private final VersionWriter writer;
    private final Outbox outbox;

    public Deletion(VersionWriter writer, Outbox outbox) {
        this.writer = writer;
        this.outbox = outbox;
    }

    /// What a delete did.
    ///
    /// @param deleteMarker whether it made a delete marker, or removed one
    /// @param versionId of the version removed or the marker made; null where the bucket shows none
    record Deleted(boolean deleteMarker, @Nullable String versionId) {}

    /// @param ifMatch what the object's ETag must be
    Deleted delete(Change change, Bucket bucket, String key, @Nullable String versionId, Optional<String> ifMatch)
            throws SQLException {
        Optional<ObjectVersion> target = versionId == null
                ? Versions.latest(change.tx(), bucket.name(), Key.bytes(key))
                : ObjectLookup.find(change.tx(), bucket.name(), key, versionId);
        new WriteCondition(ifMatch, false).check(target);
        return versionId == null
                ? deleteCurrent(change, bucket, key, target)
                : deleteVersion(change, bucket, versionId, target);
    }

    /// Deletes a current object because its time is over.
    public void expire(Change change, Bucket bucket, ObjectVersion current) throws SQLException {
        if (bucket.versioning() == Versioning.NEVER) {
            writer.remove(change, current);
            outbox.tellRemoved(change, bucket, EventName.EXPIRATION_DELETE, current);
        } else {
            ObjectVersion marker = writer.putDeleteMarker(change, bucket, current.key());
            outbox.tell(change, bucket, EventName.EXPIRATION_DELETE_MARKER_CREATED, marker);
        }
    }

    private Deleted deleteVersion(Change change, Bucket bucket, String versionId, Optional<ObjectVersion> target)
            throws SQLException {
        if (target.isPresent()) {
            writer.remove(change, target.get());
            outbox.tellRemoved(change, bucket, EventName.REMOVED_DELETE, target.get());
        }
        boolean marker = target.map(ObjectVersion::deleteMarker).orElse(false);
        return new Deleted(marker, versionId);
    }

    private Deleted deleteCurrent(Change change, Bucket bucket, String key, Optional<ObjectVersion> current)
            throws SQLException {
        if (bucket.versioning() != Versioning.NEVER) {
            ObjectVersion marker = writer.putDeleteMarker(change, bucket, key);
            outbox.tell(change, bucket, EventName.REMOVED_DELETE_MARKER_CREATED, marker);
            return new Deleted(true, marker.versionId());
        }
        if (current.isPresent()) {
            writer.remove(change, current.get());
            outbox.tellRemoved(change, bucket, EventName.REMOVED_DELETE, current.get());
        }
        return new Deleted(false, null);
    }
}
