package dev.feedline.testkit.s3;

import static dev.feedline.testkit.s3.ObjectContractSuite.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// What multipart uploads do, whoever implements `S3Client`.
public abstract class MultipartContractSuite {
    private static final int PART = 5 << 20;

    private S3Client s3;
    private String bucket;

    protected abstract S3Client client();

    @BeforeEach
    void createBucket() {
        s3 = client();
        bucket = Names.fresh("multipart");
        s3.createBucket(request -> request.bucket(bucket));
    }

    @Test
    void partsBecomeOneObjectWhenTheUploadIsCompleted() {
        byte[] bytes = bytes(2 * PART + 1000);
        String upload = s3.createMultipartUpload(request ->
                        request.bucket(bucket).key("a").contentType("text/csv").metadata(Map.of("feed", "orders")))
                .uploadId();
        List<CompletedPart> parts = List.of(
                part(upload, 1, Arrays.copyOfRange(bytes, 0, PART)),
                part(upload, 2, Arrays.copyOfRange(bytes, PART, 2 * PART)),
                part(upload, 7, Arrays.copyOfRange(bytes, 2 * PART, bytes.length)));
        assertThatThrownBy(() -> s3.headObject(request -> request.bucket(bucket).key("a")))
                .isInstanceOf(NoSuchKeyException.class);

        CompleteMultipartUploadResponse completed = complete(upload, parts);

        var read = s3.getObjectAsBytes(request -> request.bucket(bucket).key("a"));
        assertThat(read.asByteArray()).isEqualTo(bytes);
        assertThat(completed.eTag())
                .matches("\"[0-9a-f]{32}-3\"")
                .isEqualTo(read.response().eTag());
        assertThat(read.response().contentType()).isEqualTo("text/csv");
        assertThat(read.response().metadata()).isEqualTo(Map.of("feed", "orders"));
        assertThatThrownBy(() -> complete(upload, parts)).isInstanceOf(NoSuchUploadException.class);
    }

    @Test
    void theEtagIsTheMd5OfThePartsMd5s() {
        String upload = create("a");
        List<CompletedPart> parts = List.of(part(upload, 1, "hello".getBytes(StandardCharsets.UTF_8)));

        // echo -n 5d41402abc4b2a76b9719d911017c592 | xxd -r -p | md5sum
        assertThat(complete(upload, parts).eTag()).isEqualTo("\"62109206880d38a4010a98e11243924a-1\"");
    }

    @Test
    void aRangeGoesOverTheBordersOfParts() {
        byte[] bytes = bytes(PART + 10_000);
        String upload = create("a");
        complete(
                upload,
                List.of(
                        part(upload, 1, Arrays.copyOfRange(bytes, 0, PART)),
                        part(upload, 2, Arrays.copyOfRange(bytes, PART, bytes.length))));

        String range = "bytes=" + (PART - 5) + "-" + (PART + 4);
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key("a").range(range))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(bytes, PART - 5, PART + 5));
        var second =
                s3.getObjectAsBytes(request -> request.bucket(bucket).key("a").partNumber(2));
        assertThat(second.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, PART, bytes.length));
        assertThat(second.response().partsCount()).isEqualTo(2);
        assertError(
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key("a").partNumber(3)),
                416,
                "InvalidPartNumber");
    }

    @Test
    void aPartSentAgainReplacesTheOneBefore() {
        String upload = create("a");
        part(upload, 1, bytes(100));
        byte[] second = bytes(200);

        complete(upload, List.of(part(upload, 1, second)));

        assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key("a"))
                        .asByteArray())
                .isEqualTo(second);
    }

    @Test
    void whatIsWrongWithTheListOfPartsIsRefused() {
        String upload = create("a");
        CompletedPart first = part(upload, 1, bytes(1000));
        CompletedPart second = part(upload, 2, bytes(1001));

        assertError(() -> complete(upload, List.of(first, second)), 400, "EntityTooSmall");
        assertError(() -> complete(upload, List.of(second, first)), 400, "InvalidPartOrder");
        assertError(() -> complete(upload, List.of(first.copy(part -> part.partNumber(3)))), 400, "InvalidPart");
        assertError(() -> complete(upload, List.of(first.copy(part -> part.eTag(second.eTag())))), 400, "InvalidPart");
        assertThat(complete(upload, List.of(second)).eTag()).endsWith("-1\"");
    }

    @Test
    void anAbortedUploadIsGone() {
        String upload = create("a");
        CompletedPart part = part(upload, 1, bytes(10));
        s3.abortMultipartUpload(request -> request.bucket(bucket).key("a").uploadId(upload));

        assertThatThrownBy(() -> complete(upload, List.of(part))).isInstanceOf(NoSuchUploadException.class);
        assertThatThrownBy(() ->
                        s3.listParts(request -> request.bucket(bucket).key("a").uploadId(upload)))
                .isInstanceOf(NoSuchUploadException.class);
        assertThat(s3.listMultipartUploads(request -> request.bucket(bucket)).uploads())
                .isEmpty();
    }

    @Test
    void aConditionHoldsForTheCompletedObject() {
        s3.putObject(request -> request.bucket(bucket).key("a"), RequestBody.fromString("there"));
        String upload = create("a");
        CompletedPart part = part(upload, 1, bytes(10));

        assertError(
                () -> s3.completeMultipartUpload(request -> request.bucket(bucket)
                        .key("a")
                        .uploadId(upload)
                        .ifNoneMatch("*")
                        .multipartUpload(whole -> whole.parts(part))),
                412,
                "PreconditionFailed");
        assertThat(complete(upload, List.of(part)).eTag()).endsWith("-1\"");
    }

    @Test
    void partsAreListedInPages() {
        String upload = create("a");
        part(upload, 1, bytes(10));
        part(upload, 5, bytes(20));
        part(upload, 9, bytes(30));

        var first = s3.listParts(
                request -> request.bucket(bucket).key("a").uploadId(upload).maxParts(2));
        assertThat(first.parts()).extracting(part -> part.partNumber()).containsExactly(1, 5);
        assertThat(first.isTruncated()).isTrue();
        var second = s3.listParts(request ->
                request.bucket(bucket).key("a").uploadId(upload).partNumberMarker(first.nextPartNumberMarker()));
        assertThat(second.parts()).extracting(part -> part.size()).containsExactly(30L);
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void uploadsAreListedByKeyInPagesThatJoin() {
        List<String> uploads = List.of(create("a"), create("a"), create("b"), create("dir/x"), create("dir/y"));

        List<String> listed = new ArrayList<>();
        s3.listMultipartUploadsPaginator(
                        request -> request.bucket(bucket).maxUploads(2).prefix(""))
                .uploads()
                .forEach(upload -> listed.add(upload.uploadId()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(uploads);

        var rolledUp = s3.listMultipartUploads(request -> request.bucket(bucket).delimiter("/"));
        assertThat(rolledUp.uploads()).extracting(upload -> upload.key()).containsExactly("a", "a", "b");
        assertThat(rolledUp.commonPrefixes()).extracting(one -> one.prefix()).containsExactly("dir/");
    }

    @Test
    void aPartMayBeCopiedFromAnObject() {
        byte[] source = bytes(PART + 100);
        s3.putObject(request -> request.bucket(bucket).key("source"), RequestBody.fromBytes(source));
        String upload = create("a");
        var copied = s3.uploadPartCopy(request -> request.sourceBucket(bucket)
                .sourceKey("source")
                .destinationBucket(bucket)
                .destinationKey("a")
                .uploadId(upload)
                .partNumber(1)
                .copySourceRange("bytes=50-149"));

        complete(
                upload,
                List.of(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(copied.copyPartResult().eTag())
                        .build()));

        assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key("a"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(source, 50, 150));
    }

    @Test
    void theChecksumOfTheWholeIsComputedFromThoseOfTheParts() {
        byte[] bytes = bytes(PART + 12_345);
        for (ChecksumAlgorithm algorithm : List.of(ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32_C)) {
            String upload = s3.createMultipartUpload(request -> request.bucket(bucket)
                            .key("a")
                            .checksumAlgorithm(algorithm)
                            .checksumType(ChecksumType.FULL_OBJECT))
                    .uploadId();
            complete(
                    upload,
                    List.of(
                            part(upload, 1, Arrays.copyOfRange(bytes, 0, PART), algorithm),
                            part(upload, 2, Arrays.copyOfRange(bytes, PART, bytes.length), algorithm)));
            s3.putObject(
                    request -> request.bucket(bucket).key("b").checksumAlgorithm(algorithm),
                    RequestBody.fromBytes(bytes));

            assertThat(checksums(head("a"))).isEqualTo(checksums(head("b")));
            assertThat(head("a").checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
        }
    }

    @Test
    void aCompositeChecksumNamesTheNumberOfParts() {
        String upload = s3.createMultipartUpload(
                        request -> request.bucket(bucket).key("a").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        CompletedPart part = part(upload, 1, bytes(10), ChecksumAlgorithm.SHA256);
        complete(upload, List.of(part));

        assertThat(head("a").checksumSHA256()).endsWith("=-1");
        assertThat(head("a").checksumType()).isEqualTo(ChecksumType.COMPOSITE);
    }

    @Test
    void aBucketWithAnOpenUploadCanBeDeleted() {
        part(create("a"), 1, bytes(10));
        s3.deleteBucket(request -> request.bucket(bucket));

        assertThat(s3.listBuckets().buckets()).noneMatch(one -> one.name().equals(bucket));
    }

    private HeadObjectResponse head(String key) {
        return s3.headObject(request -> request.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED));
    }

    private static List<String> checksums(HeadObjectResponse head) {
        return List.of(
                String.valueOf(head.checksumCRC32()),
                String.valueOf(head.checksumCRC32C()),
                String.valueOf(head.checksumCRC64NVME()));
    }

    private String create(String key) {
        return s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
    }

    private CompletedPart part(String upload, int number, byte[] bytes) {
        return completed(
                number,
                s3.uploadPart(
                        request ->
                                request.bucket(bucket).key("a").uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(bytes)));
    }

    private CompletedPart part(String upload, int number, byte[] bytes, ChecksumAlgorithm algorithm) {
        return completed(
                number,
                s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key("a")
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumAlgorithm(algorithm),
                        RequestBody.fromBytes(bytes)));
    }

    private static CompletedPart completed(int number, UploadPartResponse uploaded) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(uploaded.eTag())
                .checksumCRC32(uploaded.checksumCRC32())
                .checksumCRC32C(uploaded.checksumCRC32C())
                .checksumCRC64NVME(uploaded.checksumCRC64NVME())
                .checksumSHA256(uploaded.checksumSHA256())
                .build();
    }

    private CompleteMultipartUploadResponse complete(String upload, List<CompletedPart> parts) {
        return s3.completeMultipartUpload(request ->
                request.bucket(bucket).key("a").uploadId(upload).multipartUpload(whole -> whole.parts(parts)));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
