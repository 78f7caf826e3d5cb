package dev.feedline.spark;

import dev.feedline.convert.Bodies;
import dev.feedline.convert.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// One bucket behind an [S3Client].
///
/// @param metadata user metadata that every object put here carries
record S3Bodies(S3Client s3, String bucket, Map<String, String> metadata) implements Bodies {
    private static final int PRECONDITION_FAILED = 412;
    /// Two conditional puts at once: S3 lets one of them in and tells the other to look again.
    private static final int CONFLICT = 409;

    @Override
    public void list(String prefix, String after, Consumer<Listed> each) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
        if (!after.isEmpty()) {
            request.startAfter(after);
        }
        s3.listObjectsV2Paginator(request.build())
                .contents()
                .forEach(object -> each.accept(new Listed(object.key(), object.size())));
    }

    @Override
    public InputStream read(String key) {
        return s3.getObject(request -> request.bucket(bucket).key(key));
    }

    @Override
    public InputStream readRange(String key, long offset, long length) {
        return s3.getObject(
                request -> request.bucket(bucket).key(key).range("bytes=" + offset + "-" + (offset + length - 1)));
    }

    /// Not by HEAD: whom S3 refuses that, it does not tell why.
    boolean isThere(String key) {
        return s3.listObjectsV2(request -> request.bucket(bucket).prefix(key).maxKeys(1)).contents().stream()
                .anyMatch(object -> object.key().equals(key));
    }

    @Override
    public boolean putIfAbsent(String key, Spool body) throws IOException {
        try {
            s3.putObject(
                    request ->
                            request.bucket(bucket).key(key).metadata(metadata).ifNoneMatch("*"),
                    RequestBody.fromContentProvider(() -> reading(body), body.length(), "application/octet-stream"));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || (e.statusCode() == CONFLICT && isThere(key))) {
                return false;
            }
            throw e;
        }
    }

    private static InputStream reading(Spool body) {
        try {
            return body.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
