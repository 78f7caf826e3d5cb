package dev.feedline.s3.object;

import dev.feedline.kernel.Transaction;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.Bucket;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.Versions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Finds the object a request names, or says why there is none.
public final class ObjectLookup {
    private static final Pattern VERSION_ID = Pattern.compile("null|[A-Za-z0-9._]{32}");

    private ObjectLookup() {}

    /// The object and its bucket.
    public record Found(Bucket bucket, ObjectVersion version) {
        /// Null where the bucket shows no version ids.
        public @Nullable String shownVersionId() {
            return bucket.showsVersions() ? version.versionId() : null;
        }
    }

    /// The version named, or the current one where none is; never a delete marker.
    public static Found require(Transaction tx, String bucketName, String keyText, @Nullable String versionId)
            throws SQLException {
        byte[] key = Key.bytes(keyText);
        Bucket bucket = Buckets.require(tx, bucketName);
        if (versionId == null) {
            ObjectVersion latest = Versions.latest(tx, bucketName, key).orElseThrow(() -> noSuchKey(keyText, Map.of()));
            if (latest.deleteMarker()) {
                throw noSuchKey(keyText, markerHeaders(latest));
            }
            return new Found(bucket, latest);
        }
        ObjectVersion version = find(tx, bucketName, keyText, versionId)
                .orElseThrow(() -> S3Error.NO_SUCH_VERSION.because(
                        "The specified version does not exist: " + versionId + " of " + keyText));
        if (version.deleteMarker()) {
            throw S3Error.METHOD_NOT_ALLOWED.because(
                    "The specified method is not allowed against this resource: the version is a delete marker",
                    markerHeaders(version));
        }
        return new Found(bucket, version);
    }

    /// A version by its id, delete marker or not.
    public static Optional<ObjectVersion> find(Transaction tx, String bucket, String key, String versionId)
            throws SQLException {
        if (!VERSION_ID.matcher(versionId).matches()) {
            throw S3Error.INVALID_ARGUMENT.because("Invalid version id specified: " + versionId);
        }
        return Versions.find(tx, bucket, Key.bytes(key), versionId);
    }

    private static AwsServiceException noSuchKey(String key, Map<String, String> headers) {
        return S3Error.NO_SUCH_KEY.because("The specified key does not exist: " + key, headers);
    }

    private static Map<String, String> markerHeaders(ObjectVersion marker) {
        return Map.of("x-amz-delete-marker", "true", "x-amz-version-id", marker.versionId());
    }
}
