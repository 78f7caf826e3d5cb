package dev.feedline.testkit.s3;

import static dev.feedline.testkit.s3.ObjectContractSuite.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What listings of objects contain, whoever implements `S3Client`.
public abstract class ListingContractSuite {
    private S3Client s3;
    private String bucket;

    protected abstract S3Client client();

    @BeforeEach
    void createBucket() {
        s3 = client();
        bucket = Names.fresh("listing");
        s3.createBucket(request -> request.bucket(bucket));
    }

    @Test
    void keysComeInTheOrderOfTheirUtf8Bytes() {
        // U+FF5E is EF BD 9E, U+1F600 is F0 9F 98 80; in UTF-16 the latter would come first (D83D).
        put("b", "\uFF5E", "\uD83D\uDE00", "a", "B", "a/b", "a!", "ä");

        assertThat(keys(s3.listObjectsV2(request -> request.bucket(bucket))))
                .containsExactly("B", "a", "a!", "a/b", "b", "ä", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void anEntrySaysWhatTheObjectIs() {
        String etag = s3.putObject(request -> request.bucket(bucket).key("a"), RequestBody.fromString("hello"))
                .eTag();

        S3Object entry =
                s3.listObjectsV2(request -> request.bucket(bucket)).contents().getFirst();

        assertThat(entry.size()).isEqualTo(5);
        assertThat(entry.eTag()).isEqualTo(etag);
        assertThat(entry.storageClassAsString()).isEqualTo("STANDARD");
        assertThat(entry.lastModified())
                .isEqualTo(s3.headObject(request -> request.bucket(bucket).key("a"))
                        .lastModified());
        assertThat(entry.owner()).isNull();
        assertThat(s3.listObjectsV2(request -> request.bucket(bucket).fetchOwner(true))
                        .contents()
                        .getFirst()
                        .owner())
                .isNotNull();
    }

    @Test
    void aPrefixSelectsAndADelimiterRollsUp() {
        put("data/orders/1", "data/orders/2", "data/orders_eu/1", "data/readme", "ops/x");

        ListObjectsV2Response page = s3.listObjectsV2(
                request -> request.bucket(bucket).prefix("data/").delimiter("/"));

        assertThat(keys(page)).containsExactly("data/readme");
        assertThat(prefixes(page)).containsExactly("data/orders/", "data/orders_eu/");
        assertThat(page.keyCount()).isEqualTo(3);
        assertThat(keys(s3.listObjectsV2(request -> request.bucket(bucket).prefix("data/orders/"))))
                .containsExactly("data/orders/1", "data/orders/2");
    }

    @Test
    void pagesJoinToTheWholeListing() {
        put(IntStream.range(0, 25).mapToObj(i -> "k" + (100 + i)).toArray(String[]::new));
        put("dir/1", "dir/2", "dir/3", "other/1");

        List<String> all = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            String from = token;
            ListObjectsV2Response page = s3.listObjectsV2(
                    request -> request.bucket(bucket).delimiter("/").maxKeys(4).continuationToken(from));
            assertThat(page.contents().size() + page.commonPrefixes().size()).isEqualTo(page.keyCount());
            all.addAll(prefixes(page));
            all.addAll(keys(page));
            token = page.nextContinuationToken();
            assertThat(page.isTruncated()).isEqualTo(token != null);
            pages++;
        } while (token != null);

        assertThat(pages).isEqualTo(7);
        assertThat(all).hasSize(27).doesNotHaveDuplicates().contains("dir/", "other/", "k100", "k124");
    }

    @Test
    void theListingGoesOnAfterAKey() {
        put("a", "b", "b/1", "c");

        assertThat(keys(s3.listObjectsV2(request -> request.bucket(bucket).startAfter("b"))))
                .containsExactly("b/1", "c");
        assertThat(keys(s3.listObjectsV2(request -> request.bucket(bucket).startAfter("aa"))))
                .containsExactly("b", "b/1", "c");
    }

    @Test
    void theFirstVersionOfTheListingGoesByMarkers() {
        put("a/1", "a/2", "b", "c/1", "d");

        var first =
                s3.listObjects(request -> request.bucket(bucket).delimiter("/").maxKeys(1));
        assertThat(first.commonPrefixes()).extracting(one -> one.prefix()).containsExactly("a/");
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.nextMarker()).isEqualTo("a/");
        var second = s3.listObjects(
                request -> request.bucket(bucket).delimiter("/").maxKeys(2).marker(first.nextMarker()));
        assertThat(second.contents()).extracting(one -> one.key()).containsExactly("b");
        assertThat(second.commonPrefixes()).extracting(one -> one.prefix()).containsExactly("c/");
        var third = s3.listObjects(
                request -> request.bucket(bucket).delimiter("/").maxKeys(2).marker(second.nextMarker()));
        assertThat(third.contents()).extracting(one -> one.key()).containsExactly("d");
        assertThat(third.isTruncated()).isFalse();
    }

    @Test
    void anAnswerHoldsAtMostThousandAndAskingForNoneIsEmpty() {
        put("a");

        assertThat(s3.listObjectsV2(request -> request.bucket(bucket).maxKeys(5000))
                        .maxKeys())
                .isEqualTo(1000);
        ListObjectsV2Response none =
                s3.listObjectsV2(request -> request.bucket(bucket).maxKeys(0));
        assertThat(none.contents()).isEmpty();
        assertThat(none.isTruncated()).isFalse();
        assertError(() -> s3.listObjectsV2(request -> request.bucket(bucket).maxKeys(-1)), 400, "InvalidArgument");
    }

    private void put(String... keys) {
        for (String key : keys) {
            s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("x"));
        }
    }

    private static List<String> keys(ListObjectsV2Response page) {
        return page.contents().stream().map(S3Object::key).toList();
    }

    private static List<String> prefixes(ListObjectsV2Response page) {
        return page.commonPrefixes().stream().map(one -> one.prefix()).toList();
    }
}
