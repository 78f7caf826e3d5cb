package dev.feedline.spark;

import dev.feedline.convert.ConversionRun;
import dev.feedline.convert.FileId;
import dev.feedline.convert.Keys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Rows that other producers put straight on the stream: ingest is invoked for the landing object that they arrived in,
/// unless it has a receipt.
record StreamedFiles(S3Client s3, LambdaClient lambda, String landing) implements ConversionRun.Streamed {
    private static final String INGEST_FUNCTION = "feedline-ingest";

    @Override
    public long handOver(Collection<String> landingKeys, Set<String> done) {
        long count = 0;
        for (String key : landingKeys) {
            if (done.add(key) && handOver(key)) {
                count++;
            }
        }
        return count;
    }

    private boolean handOver(String key) {
        Optional<HeadObjectResponse> found = head(key);
        if (found.isEmpty() || head(Keys.receipt(fileId(key, found.get()))).isPresent()) {
            return false; // expired since, or ingested already
        }
        lambda.invoke(request -> request.functionName(INGEST_FUNCTION)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(event(key, found.get().versionId()))));
        return true;
    }

    private String fileId(String key, HeadObjectResponse object) {
        boolean isVersioned = object.versionId() != null && !object.versionId().equals("null");
        return FileId.of(object.lastModified(), landing, key, isVersioned ? object.versionId() : object.eTag());
    }

    private Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(s3.headObject(request -> request.bucket(landing).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private String event(String key, String versionId) {
        // Keys stand in events as in a form, so nothing in them needs JSON's escapes.
        String object = Json.write(
                versionId == null
                        ? Map.of("key", URLEncoder.encode(key, StandardCharsets.UTF_8))
                        : Map.of("key", URLEncoder.encode(key, StandardCharsets.UTF_8), "versionId", versionId));
        return "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":"
                + Json.write(Map.of("name", landing)) + ",\"object\":" + object + "}}]}";
    }
}
