package dev.feedline.s3.object;

import dev.feedline.s3.notification.EventName;
import dev.feedline.s3.notification.Outbox;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Change;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.NewObject;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.VersionWriter;
import dev.feedline.s3.state.Versions;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a new object current: condition, versions, event, in one transaction.
public final class Placement {
    private final S3Store store;
    private final VersionWriter writer;
    private final Outbox outbox;

    public Placement(S3Store store, VersionWriter writer, Outbox outbox) {
        this.store = store;
        this.writer = writer;
        this.outbox = outbox;
    }

    /// An object in its place.
    ///
    /// @param shownVersionId null where the bucket shows no version ids
    public record Placed(ObjectVersion version, @Nullable String shownVersionId) {}

    /// @param files the body's, deleted when the object is refused
    public Placed place(NewObject object, WriteCondition condition, EventName event, List<String> files) {
        try {
            return store.change(change -> place(change, object, condition, event));
        } catch (RuntimeException e) {
            store.abandon(files, e);
            throw e;
        }
    }

    /// Within a transaction that does more.
    public Placed place(Change change, NewObject object, WriteCondition condition, EventName event)
            throws SQLException {
        Bucket bucket = Buckets.require(change.tx(), object.bucket());
        condition.checkAtCommit(Versions.latest(change.tx(), bucket.name(), Key.bytes(object.key())));
        ObjectVersion version = writer.put(change, bucket, object);
        outbox.tell(change, bucket, event, version);
        return new Placed(version, bucket.showsVersions() ? version.versionId() : null);
    }
}
