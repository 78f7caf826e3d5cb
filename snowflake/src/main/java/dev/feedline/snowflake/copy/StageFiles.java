package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What lies on a stage.
public final class StageFiles {
    /// Files one statement may look at.
    static final int MOST_FILES = 100_000;

    private final S3Client s3;

    public StageFiles(S3Client s3) {
        this.s3 = s3;
    }

    /// The objects below a place, by key; the markers that consoles leave for folders are none.
    public List<StagedFile> list(StageUrl place, Predicate<StagedFile> wanted) {
        List<StagedFile> found = new ArrayList<>();
        if (place.isInternal()) {
            return found;
        }
        String next = null;
        try {
            do {
                String from = next;
                ListObjectsV2Response page = s3.listObjectsV2(request ->
                        request.bucket(place.bucket()).prefix(place.prefix()).continuationToken(from));
                page.contents().stream()
                        .map(object -> new StagedFile(
                                place.bucket(),
                                object.key(),
                                object.size(),
                                unquoted(object.eTag()),
                                object.lastModified()))
                        .filter(file -> !file.key().endsWith("/"))
                        .filter(wanted)
                        .forEach(found::add);
                if (found.size() > MOST_FILES) {
                    throw SnowflakeError.unsupported("A stage path with more than " + MOST_FILES + " files");
                }
                next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
            } while (next != null);
        } catch (SdkException e) {
            throw failure(place.url(), e);
        }
        return found;
    }

    /// One object, or empty when it is not there.
    public Optional<StagedFile> find(String bucket, String key) {
        if (bucket.isEmpty()) {
            return Optional.empty();
        }
        try {
            var head = s3.headObject(request -> request.bucket(bucket).key(key));
            Instant modified = Optional.ofNullable(head.lastModified()).orElse(Instant.EPOCH);
            return Optional.of(new StagedFile(bucket, key, head.contentLength(), unquoted(head.eTag()), modified));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw failure("s3://" + bucket + "/" + key, e);
        } catch (SdkException e) {
            throw failure("s3://" + bucket + "/" + key, e);
        }
    }

    /// PATTERN: a regular expression over the whole path below the stage's own location.
    public static Predicate<StagedFile> matching(Optional<String> pattern, StageUrl stage) {
        if (pattern.isEmpty()) {
            return file -> true;
        }
        try {
            Pattern compiled = Pattern.compile(pattern.get());
            int from = stage.directory().length();
            return file -> compiled.matcher(
                            file.key().substring(Math.min(from, file.key().length())))
                    .matches();
        } catch (PatternSyntaxException e) {
            throw SnowflakeError.INVALID_VALUE.with("PATTERN is no regular expression: " + e.getDescription(), e);
        }
    }

    static RuntimeException failure(String what, SdkException e) {
        return SnowflakeError.STORAGE.with("Failed to access remote file: " + what + ": " + e.getMessage(), e);
    }

    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }
}
