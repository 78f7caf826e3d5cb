package dev.feedline.feeds;

import java.util.Map;

/// The three buckets of the pipeline.
///
/// @param source where feed files are uploaded, versioned
/// @param landing where Firehose delivers, and where receipts, quarantine and the pipeline's records are
/// @param lake where the Parquet objects are
public record Buckets(String source, String landing, String lake) {
    /// Their names where no account has to be told from another.
    public static final Buckets EMBEDDED = new Buckets("feedline-source", "feedline-landing", "feedline-lake");

    /// Their names at AWS, where no two buckets of the world have the same.
    public static Buckets of(String account, String region) {
        String begin = "feedline-" + account + "-" + region + "-";
        return new Buckets(begin + "source", begin + "landing", begin + "lake");
    }

    /// From the variables that the deployment gives the functions and the job: `FEEDLINE_SOURCE_BUCKET`,
    /// `FEEDLINE_LANDING_BUCKET`, `FEEDLINE_LAKE_BUCKET`.
    public static Buckets fromEnvironment(Map<String, String> environment) {
        return new Buckets(
                environment.getOrDefault("FEEDLINE_SOURCE_BUCKET", EMBEDDED.source()),
                environment.getOrDefault("FEEDLINE_LANDING_BUCKET", EMBEDDED.landing()),
                environment.getOrDefault("FEEDLINE_LAKE_BUCKET", EMBEDDED.lake()));
    }
}
