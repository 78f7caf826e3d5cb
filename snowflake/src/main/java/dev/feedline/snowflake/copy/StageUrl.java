package dev.feedline.snowflake.copy;

/// A place in S3: `s3://bucket/prefix`.
///
/// @param prefix where keys begin, without a leading slash; a path of a stage matches by prefix, as in
///     Snowflake
public record StageUrl(String bucket, String prefix) {
    /// Of an internal stage: nothing can be put there, so nothing lies there.
    private static final StageUrl INTERNAL = new StageUrl("", "");

    static StageUrl parse(String url) {
        if (url.isEmpty()) {
            return INTERNAL;
        }
        String rest = url.substring("s3://".length());
        int slash = rest.indexOf('/');
        return slash < 0 ? new StageUrl(rest, "") : new StageUrl(rest.substring(0, slash), rest.substring(slash + 1));
    }

    /// The place below; a stage's URL ends in a slash even where it was written without.
    public StageUrl below(String path) {
        return new StageUrl(bucket, directory() + path);
    }

    /// The prefix with a slash at its end.
    String directory() {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    boolean isInternal() {
        return bucket.isEmpty();
    }

    public boolean holds(String inBucket, String key) {
        return bucket.equals(inBucket) && key.startsWith(prefix);
    }

    public String url() {
        return "s3://" + bucket + "/" + prefix;
    }
}
