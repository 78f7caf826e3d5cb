package dev.feedline.snowflake;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The few S3 operations the warehouse uses, over a map of `bucket/key`.
final class MemoryS3 implements S3Client {
    private static final int PAGE = 3;

    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Set<String> vanished = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable String> failing = new AtomicReference<>();
    private final AtomicReference<@Nullable Error> breaking = new AtomicReference<>();

    @SuppressWarnings("ArrayRecordComponent")
    record Stored(byte[] bytes, String etag, Instant at) {}

    void put(String bucket, String key, byte[] bytes) {
        objects.put(bucket + "/" + key, new Stored(bytes, etag(bytes), Instant.now()));
    }

    void put(String bucket, String key, String text) {
        put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
    }

    void clear() {
        objects.clear();
        vanished.clear();
        failing.set(null);
    }

    void remove(String bucket, String key) {
        objects.remove(bucket + "/" + key);
    }

    /// The object is listed and cannot be read, as one that is deleted in between.
    void vanish(String bucket, String key) {
        vanished.add(bucket + "/" + key);
    }

    Stored get(String bucket, String key) {
        Stored stored = objects.get(bucket + "/" + key);
        if (stored == null || vanished.contains(bucket + "/" + key)) {
            throw NoSuchKeyException.builder()
                    .message("no such key " + key)
                    .statusCode(404)
                    .build();
        }
        return stored;
    }

    /// Every call fails with a 503 until told otherwise with null.
    void failWith(@Nullable String message) {
        failing.set(message);
    }

    /// The next call ends with this, as when the heap is full.
    void breakOnce(Error error) {
        breaking.set(error);
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        refuse();
        String bucket = request.bucket() + "/";
        String prefix = bucket + (request.prefix() == null ? "" : request.prefix());
        String after = request.continuationToken() == null ? "" : request.continuationToken();
        List<String> keys = objects.navigableKeySet().stream()
                .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .limit(PAGE + 1L)
                .toList();
        boolean more = keys.size() > PAGE;
        List<String> page = more ? keys.subList(0, PAGE) : keys;
        return ListObjectsV2Response.builder()
                .contents(page.stream()
                        .map(key -> S3Object.builder()
                                .key(key.substring(bucket.length()))
                                .size((long) objects.get(key).bytes().length)
                                .eTag('"' + objects.get(key).etag() + '"')
                                .lastModified(objects.get(key).at())
                                .build())
                        .toList())
                .isTruncated(more)
                .nextContinuationToken(more ? page.getLast() : null)
                .build();
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        refuse();
        Stored stored = get(request.bucket(), request.key());
        return HeadObjectResponse.builder()
                .eTag('"' + stored.etag() + '"')
                .contentLength((long) stored.bytes().length)
                .lastModified(stored.at())
                .build();
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        refuse();
        Stored stored = get(request.bucket(), request.key());
        GetObjectResponse response = GetObjectResponse.builder()
                .eTag('"' + stored.etag() + '"')
                .contentLength((long) stored.bytes().length)
                .build();
        try {
            return transformer.transform(
                    response, AbortableInputStream.create(new ByteArrayInputStream(stored.bytes())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private void refuse() {
        Error error = breaking.getAndSet(null);
        if (error != null) {
            throw error;
        }
        String message = failing.get();
        if (message != null) {
            throw S3Exception.builder().message(message).statusCode(503).build();
        }
    }

    private static String etag(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("MD5").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
