package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Buckets;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whose pipeline the buckets of an account and region are.
///
/// Two data folders that worked on the same buckets would each read half of the events, and each hold half of the rows
/// on streams of its own.
record BucketClaim(S3Client s3, Buckets buckets) {
    private static final String KEY = "_feedline/pipeline.json";
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final JsonMapper JSON = JsonMapper.shared();

    /// @throws IllegalStateException when somebody else's pipeline is there
    void take(AwsStorage.Claimant claimant) {
        String wanted = JSON.writeValueAsString(
                JSON.createObjectNode().put("id", claimant.id()).put("place", claimant.place()));
        try {
            s3.putObject(
                    put -> put.bucket(buckets.landing()).key(KEY).ifNoneMatch("*"), RequestBody.fromString(wanted));
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
                throw e;
            }
            JsonNode present = present();
            if (!present.path("id").asString("").equals(claimant.id())) {
                throw new IllegalStateException("The buckets " + buckets.source() + ", " + buckets.landing() + " and "
                        + buckets.lake() + " belong to the pipeline of "
                        + present.path("place").asString("another data folder")
                        + ", which alone has its streams and its catalog. Run that one, or use another account or"
                        + " region. If it is gone for good, delete s3://" + buckets.landing() + "/" + KEY
                        + " and start again.");
            }
        }
    }

    private JsonNode present() {
        byte[] bytes = s3.getObjectAsBytes(get -> get.bucket(buckets.landing()).key(KEY))
                .asByteArrayUnsafe();
        try {
            return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "s3://" + buckets.landing() + "/" + KEY + " is not as Feedline writes it: "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
