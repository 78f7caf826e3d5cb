package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.Warehouse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Whether an account has the storage integration that the pipeline's stages are to go through.
///
/// The deployment does not make it: that takes the account's administrator and an IAM role that trusts Snowflake.
///
/// Source: docs.snowflake.com/en/user-guide/data-load-s3-config-storage-integration
record IntegrationCheck(Warehouse warehouse, Buckets buckets) {
    /// @param name as the definition writes it: a plain name, which Snowflake folds to upper case
    /// @param place where the warehouse is, for the message
    void look(String name, String place) {
        String folded = name.toUpperCase(Locale.ROOT);
        List<Map<String, Object>> found = warehouse.query("SHOW INTEGRATIONS LIKE '" + folded + "'").stream()
                .filter(one -> folded.equals(String.valueOf(one.get("name"))))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("The warehouse at " + place + " has no storage integration " + folded
                    + " that this user may see. Its administrator creates it, once, with the role that reads the buckets:"
                    + " " + statement(folded) + "; then GRANT USAGE ON INTEGRATION " + folded + " TO ROLE … . Or take"
                    + " storage-integration out of the definition.");
        }
        if (!Boolean.parseBoolean(String.valueOf(found.getFirst().get("enabled")))) {
            throw new IllegalStateException("The storage integration " + folded + " of the warehouse at " + place
                    + " is not enabled: ALTER STORAGE INTEGRATION " + folded + " SET ENABLED = TRUE.");
        }
    }

    private String statement(String name) {
        return "CREATE STORAGE INTEGRATION " + name + " TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = TRUE"
                + " STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::…:role/…' STORAGE_ALLOWED_LOCATIONS = ('"
                + WarehouseScript.lake(buckets) + "', '" + WarehouseScript.landing(buckets) + "')";
    }
}
