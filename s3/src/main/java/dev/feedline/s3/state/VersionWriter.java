package dev.feedline.s3.state;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import dev.feedline.s3.body.Body;
import java.sql.SQLException;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Puts versions in their place, and takes them out, by the bucket's versioning.
public final class VersionWriter {
    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    private static final int ID_LENGTH = 32;
    private static final Body.Inline NOTHING = new Body.Inline(new byte[0], (int) new CRC32C().getValue());

    private final Ground ground;

    public VersionWriter(Ground ground) {
        this.ground = ground;
    }

    /// Makes the object the latest version of its key.
    public ObjectVersion put(Change change, Bucket bucket, NewObject object) throws SQLException {
        byte[] key = Key.bytes(object.key());
        String versionId = makeRoom(change, bucket, key);
        ObjectVersion version = new ObjectVersion(
                change.nextSequence(),
                bucket.name(),
                object.key(),
                versionId,
                true,
                false,
                ground.clock().instant(),
                object.body().length(),
                object.etag(),
                object.description(),
                Optional.of(object.checksum()));
        Versions.insert(change.tx(), version, object.body());
        return version;
    }

    /// Makes a delete marker the latest version of the key.
    public ObjectVersion putDeleteMarker(Change change, Bucket bucket, String key) throws SQLException {
        String versionId = makeRoom(change, bucket, Key.bytes(key));
        ObjectVersion marker = new ObjectVersion(
                change.nextSequence(),
                bucket.name(),
                key,
                versionId,
                true,
                true,
                ground.clock().instant(),
                0,
                "d41d8cd98f00b204e9800998ecf8427e",
                ObjectDescription.NONE,
                Optional.empty());
        Versions.insert(change.tx(), marker, NOTHING);
        return marker;
    }

    public void remove(Change change, ObjectVersion version) throws SQLException {
        change.unname(Versions.remove(change.tx(), version));
    }

    /// Removes what the new version replaces and returns the new version's id.
    private String makeRoom(Change change, Bucket bucket, byte[] key) throws SQLException {
        Transaction tx = change.tx();
        if (bucket.versioning() == Versioning.ENABLED) {
            Versions.retireLatest(tx, bucket.name(), key);
            return ground.ids().text(ID_LENGTH, ID_ALPHABET);
        }
        Optional<ObjectVersion> replaced = Versions.find(tx, bucket.name(), key, ObjectVersion.NULL_VERSION);
        if (replaced.isPresent()) {
            remove(change, replaced.get());
        }
        Versions.retireLatest(tx, bucket.name(), key);
        return ObjectVersion.NULL_VERSION;
    }
}
