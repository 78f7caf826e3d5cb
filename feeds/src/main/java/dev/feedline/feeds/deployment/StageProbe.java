package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Warehouse;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Whether an account's stage shows the lake that this pipeline writes, and not another bucket of the same name.
///
/// Else every statement of the deployment would succeed, and no row would ever arrive.
record StageProbe(S3Client s3, Warehouse warehouse, Buckets buckets) {
    /// Below the stage and below no feed: feeds' names begin with a letter.
    private static final String FOLDER = "_feedline/";

    /// @param name one that no probe had before
    /// @param place where the warehouse is, for the message
    void look(String name, String place) {
        String key = "data/" + FOLDER + name;
        s3.putObject(request -> request.bucket(buckets.lake()).key(key), RequestBody.empty());
        try {
            if (list(name, place).isEmpty()) {
                throw new IllegalStateException("The warehouse at " + place + " does not see what this pipeline writes"
                        + " into s3://" + buckets.lake() + "/: its stage FEEDLINE.RAW.LAKE shows another bucket of that"
                        + " name. It must read the same S3 as the pipeline; see docs/snowflake.md, \"An account\".");
            }
        } finally {
            s3.deleteObject(request -> request.bucket(buckets.lake()).key(key));
        }
    }

    private List<Map<String, Object>> list(String name, String place) {
        try {
            return warehouse.query("LIST @FEEDLINE.RAW.LAKE/" + FOLDER + name);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The warehouse at " + place + " cannot read s3://" + buckets.lake() + "/: " + e.getMessage()
                            + " Where its stage goes through a storage integration, the integration's role must trust"
                            + " Snowflake and may read the bucket; DESC INTEGRATION shows STORAGE_AWS_IAM_USER_ARN and"
                            + " STORAGE_AWS_EXTERNAL_ID for its trust policy. See docs/aws.md, \"A Snowflake account\".",
                    e);
        }
    }
}
