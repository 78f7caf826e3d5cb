package dev.feedline.testkit.s3;

import static dev.feedline.testkit.s3.ObjectContractSuite.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// What a versioned bucket keeps, whoever implements `S3Client`.
public abstract class VersioningContractSuite {
    private S3Client s3;
    private String bucket;

    protected abstract S3Client client();

    @BeforeEach
    void createBucket() {
        s3 = client();
        bucket = Names.fresh("versions");
        s3.createBucket(request -> request.bucket(bucket));
    }

    @Test
    void versioningIsOffUntilItIsEnabled() {
        assertThat(s3.getBucketVersioning(request -> request.bucket(bucket)).status())
                .isNull();
        set(BucketVersioningStatus.ENABLED);
        assertThat(s3.getBucketVersioning(request -> request.bucket(bucket)).status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
        set(BucketVersioningStatus.SUSPENDED);
        assertThat(s3.getBucketVersioning(request -> request.bucket(bucket)).status())
                .isEqualTo(BucketVersioningStatus.SUSPENDED);
    }

    @Test
    void everyPutIsAVersionOfItsOwn() {
        set(BucketVersioningStatus.ENABLED);
        String first = put("first");
        String second = put("second");

        assertThat(first).isNotEqualTo(second);
        assertThat(readCurrent()).isEqualTo("second");
        assertThat(read(first)).isEqualTo("first");
        assertThat(read(second)).isEqualTo("second");
        assertThat(s3.headObject(request -> request.bucket(bucket).key("a")).versionId())
                .isEqualTo(second);
    }

    @Test
    void aDeleteHidesAndRemovingTheMarkerShowsAgain() {
        set(BucketVersioningStatus.ENABLED);
        String version = put("kept");
        DeleteObjectResponse deleted =
                s3.deleteObject(request -> request.bucket(bucket).key("a"));

        assertThat(deleted.deleteMarker()).isTrue();
        assertThatThrownBy(() -> readCurrent()).isInstanceOf(NoSuchKeyException.class);
        assertThat(read(version)).isEqualTo("kept");
        assertError(() -> read(deleted.versionId()), 405, "MethodNotAllowed");
        assertThat(s3.listObjectsV2(request -> request.bucket(bucket)).contents())
                .isEmpty();

        s3.deleteObject(request -> request.bucket(bucket).key("a").versionId(deleted.versionId()));
        assertThat(readCurrent()).isEqualTo("kept");
    }

    @Test
    void deletingTheNewestVersionBringsBackTheOneBefore() {
        set(BucketVersioningStatus.ENABLED);
        put("first");
        String second = put("second");
        s3.deleteObject(request -> request.bucket(bucket).key("a").versionId(second));

        assertThat(readCurrent()).isEqualTo("first");
        assertError(() -> read(second), 404, "NoSuchVersion");
        assertError(() -> read("no-version-id"), 400, "InvalidArgument");
    }

    @Test
    void ifNoneMatchHoldsOverADeleteMarker() {
        set(BucketVersioningStatus.ENABLED);
        put("first");
        s3.deleteObject(request -> request.bucket(bucket).key("a"));
        s3.putObject(request -> request.bucket(bucket).key("a").ifNoneMatch("*"), RequestBody.fromString("second"));

        assertThat(readCurrent()).isEqualTo("second");
    }

    @Test
    void whatWasPutBeforeIsTheNullVersionAndSuspensionReplacesOnlyThat() {
        put("before");
        set(BucketVersioningStatus.ENABLED);
        String kept = put("kept");
        assertThat(read("null")).isEqualTo("before");
        set(BucketVersioningStatus.SUSPENDED);
        put("after");

        assertThat(read("null")).isEqualTo("after");
        assertThat(read(kept)).isEqualTo("kept");
        assertThat(readCurrent()).isEqualTo("after");
    }

    @Test
    void allVersionsAreListedNewestFirstInPagesThatJoin() {
        set(BucketVersioningStatus.ENABLED);
        String first = put("1");
        String second = put("2");
        String marker =
                s3.deleteObject(request -> request.bucket(bucket).key("a")).versionId();
        s3.putObject(request -> request.bucket(bucket).key("b"), RequestBody.fromString("x"));

        ListObjectVersionsResponse whole = s3.listObjectVersions(request -> request.bucket(bucket));
        assertThat(whole.versions()).extracting(one -> one.key()).containsExactly("a", "a", "b");
        assertThat(whole.versions().subList(0, 2))
                .extracting(one -> one.versionId())
                .containsExactly(second, first);
        assertThat(whole.versions()).extracting(one -> one.isLatest()).containsExactly(false, false, true);
        assertThat(whole.deleteMarkers()).extracting(one -> one.versionId()).containsExactly(marker);
        assertThat(whole.deleteMarkers().getFirst().isLatest()).isTrue();
        assertThat(pagesOfOne())
                .containsExactly(
                        marker, second, first, whole.versions().getLast().versionId());
    }

    private List<String> pagesOfOne() {
        List<String> ids = new ArrayList<>();
        s3.listObjectVersionsPaginator(request -> request.bucket(bucket).maxKeys(1)).stream()
                .forEach(page -> {
                    page.deleteMarkers().forEach(one -> ids.add(one.versionId()));
                    page.versions().forEach(one -> ids.add(one.versionId()));
                });
        return ids;
    }

    @Test
    void versionsRollUpUnderADelimiter() {
        set(BucketVersioningStatus.ENABLED);
        s3.putObject(request -> request.bucket(bucket).key("d/1"), RequestBody.fromString("x"));
        s3.putObject(request -> request.bucket(bucket).key("d/1"), RequestBody.fromString("y"));
        s3.putObject(request -> request.bucket(bucket).key("e"), RequestBody.fromString("z"));

        ListObjectVersionsResponse listing =
                s3.listObjectVersions(request -> request.bucket(bucket).delimiter("/"));

        assertThat(listing.commonPrefixes()).extracting(one -> one.prefix()).containsExactly("d/");
        assertThat(listing.versions()).extracting(one -> one.key()).containsExactly("e");
    }

    @Test
    void aBucketWithOldVersionsIsNotEmpty() {
        set(BucketVersioningStatus.ENABLED);
        put("x");
        s3.deleteObject(request -> request.bucket(bucket).key("a"));

        assertError(() -> s3.deleteBucket(request -> request.bucket(bucket)), 409, "BucketNotEmpty");
    }

    private void set(BucketVersioningStatus status) {
        s3.putBucketVersioning(
                request -> request.bucket(bucket).versioningConfiguration(versioning -> versioning.status(status)));
    }

    private String put(String content) {
        return s3.putObject(request -> request.bucket(bucket).key("a"), RequestBody.fromString(content))
                .versionId();
    }

    private String readCurrent() {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key("a")).asUtf8String();
    }

    private String read(String version) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key("a").versionId(version))
                .asUtf8String();
    }
}
