package dev.feedline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// S3 as far as the pipeline uses it, in maps: buckets, versions, `If-None-Match`, ranges, listings with pages.
///
/// A delete removes the object and all of its versions (no delete markers). Not safe for several threads.
public final class InMemoryS3 implements S3Client {
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private Consumer<StoredObject> onPut = stored -> {};
    private int pageLimit = 1000;
    private long versions;

    private static final class Bucket {
        boolean versioned;
        // S3 lists keys by their UTF-8 bytes, which is the order of code points, not of Java's UTF-16.
        final TreeMap<String, Deque<StoredObject>> keys = new TreeMap<>(KeyOrder.BY_UTF8);
    }

    public InMemoryS3(InstantSource clock) {
        this.clock = clock;
    }

    /// Tells of every object put, once it is stored, as a notification would.
    public void onPut(Consumer<StoredObject> listener) {
        this.onPut = listener;
    }

    /// Makes listings end after so many entries, so that callers have to ask for the next page.
    public void pageLimit(int entries) {
        this.pageLimit = entries;
    }

    /// The newest version of every object of a bucket, in key order.
    public List<StoredObject> objects(String bucket) {
        return bucket(bucket).keys.values().stream().map(Deque::getFirst).toList();
    }

    @Override
    public CreateBucketResponse createBucket(CreateBucketRequest request) {
        buckets.putIfAbsent(request.bucket(), new Bucket());
        return CreateBucketResponse.builder().location("/" + request.bucket()).build();
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
        bucket(request.bucket()).versioned =
                request.versioningConfiguration().status() == BucketVersioningStatus.ENABLED;
        return PutBucketVersioningResponse.builder().build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        Bucket bucket = bucket(request.bucket());
        Deque<StoredObject> stack = bucket.keys.computeIfAbsent(request.key(), key -> new ArrayDeque<>());
        if (request.ifNoneMatch() != null && !stack.isEmpty()) {
            throw refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
        StoredObject stored =
                StoredObject.of(request.bucket(), request.key(), newVersion(bucket), clock.instant(), bytes(body));
        if (!bucket.versioned) {
            stack.clear();
        }
        stack.addFirst(stored);
        onPut.accept(stored);
        return PutObjectResponse.builder()
                .eTag(stored.eTag())
                .versionId(stored.versionId())
                .build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        StoredObject stored = find(request.bucket(), request.key(), request.versionId());
        if (request.ifMatch() != null && !request.ifMatch().equals(stored.eTag())) {
            throw refusal(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }
        InputStream body = stored.range(request.range());
        GetObjectResponse response = GetObjectResponse.builder()
                .eTag(stored.eTag())
                .versionId(stored.versionId())
                .lastModified(stored.lastModified())
                .contentLength((long) stored.bytes().length)
                .build();
        try {
            return transformer.transform(response, AbortableInputStream.create(body));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        StoredObject stored = find(request.bucket(), request.key(), request.versionId());
        return HeadObjectResponse.builder()
                .eTag(stored.eTag())
                .versionId(stored.versionId())
                .lastModified(stored.lastModified())
                .contentLength((long) stored.bytes().length)
                .build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        bucket(request.bucket()).keys.remove(request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        String after = Optional.ofNullable(request.continuationToken()).orElse(request.startAfter());
        List<StoredObject> found = under(request.bucket(), request.prefix(), after)
                .map(Deque::getFirst)
                .limit(pageLimit + 1L)
                .toList();
        boolean more = found.size() > pageLimit;
        List<StoredObject> page = more ? found.subList(0, pageLimit) : found;
        return ListObjectsV2Response.builder()
                .contents(page.stream().map(StoredObject::asListed).toList())
                .isTruncated(more)
                .nextContinuationToken(more ? page.getLast().key() : null)
                .build();
    }

    @Override
    public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
        // A page holds whole keys here, so that the key marker alone says where to go on.
        List<Deque<StoredObject>> found = under(request.bucket(), request.prefix(), request.keyMarker())
                .limit(pageLimit + 1L)
                .toList();
        boolean more = found.size() > pageLimit;
        List<StoredObject> page = (more ? found.subList(0, pageLimit) : found)
                .stream().flatMap(Deque::stream).toList();
        return ListObjectVersionsResponse.builder()
                .versions(page.stream().map(StoredObject::asVersion).toList())
                .isTruncated(more)
                .nextKeyMarker(more ? page.getLast().key() : null)
                .build();
    }

    private Stream<Deque<StoredObject>> under(String name, @Nullable String prefix, @Nullable String after) {
        String start = prefix == null ? "" : prefix;
        TreeMap<String, Deque<StoredObject>> keys = bucket(name).keys;
        String from = Stream.of(start, after == null ? "" : after)
                .max(Comparator.comparing(key -> key, KeyOrder.BY_UTF8))
                .orElseThrow();
        return keys.tailMap(from, !from.equals(after)).values().stream()
                .takeWhile(stack -> stack.isEmpty() || stack.getFirst().key().startsWith(start))
                .filter(stack -> !stack.isEmpty());
    }

    private StoredObject find(String name, String key, @Nullable String versionId) {
        Deque<StoredObject> stack =
                Optional.ofNullable(bucket(name).keys.get(key)).orElseGet(ArrayDeque::new);
        return stack.stream()
                .filter(stored -> versionId == null || versionId.equals(stored.versionId()))
                .findFirst()
                .orElseThrow(() -> NoSuchKeyException.builder()
                        .statusCode(404)
                        .message("The specified key does not exist: " + name + "/" + key)
                        .awsErrorDetails(details("NoSuchKey", "The specified key does not exist."))
                        .build());
    }

    private Bucket bucket(String name) {
        return Optional.ofNullable(buckets.get(name))
                .orElseThrow(() -> NoSuchBucketException.builder()
                        .statusCode(404)
                        .message("The specified bucket does not exist: " + name)
                        .awsErrorDetails(details("NoSuchBucket", "The specified bucket does not exist"))
                        .build());
    }

    private @Nullable String newVersion(Bucket bucket) {
        return bucket.versioned ? "v%06d".formatted(++versions) : null;
    }

    private static byte[] bytes(RequestBody body) {
        try (InputStream in = body.contentStreamProvider().newStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }

    private static S3Exception refusal(int status, String code, String message) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(details(code, message))
                .build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
