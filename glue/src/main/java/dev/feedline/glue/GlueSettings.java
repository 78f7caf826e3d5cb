package dev.feedline.glue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// What the embedded Glue is given besides its ground.
///
/// @param builtIn the jobs inside Feedline that a script location `feedline:builtin/<name>` may name
/// @param spark how scripts run on Spark; empty refuses them
/// @param noSpark why it refuses them, as the end of a sentence
/// @param s3 where crawlers look; empty refuses to start them
/// @param maximumRuns how many runs may be at work at once, all jobs together
/// @param maximumWaiting how many queued runs may wait, all jobs together
/// @param historyKept how long finished runs are listed; AWS keeps them 90 days
/// @param closingGrace how long closing waits for runs to notice that they should end
public record GlueSettings(
        Map<String, GlueJob> builtIn,
        Optional<SparkSettings> spark,
        String noSpark,
        Optional<S3Client> s3,
        int maximumRuns,
        int maximumWaiting,
        Duration historyKept,
        Duration closingGrace) {

    public GlueSettings {
        builtIn = Map.copyOf(builtIn);
        if (maximumRuns < 1 || maximumWaiting < 0) {
            throw new IllegalArgumentException("at least one run, and no negative number of waiting ones");
        }
    }

    /// Only jobs inside Feedline.
    public static GlueSettings of(Map<String, GlueJob> builtIn) {
        return new GlueSettings(
                builtIn,
                Optional.empty(),
                "it was started without Spark",
                Optional.empty(),
                8,
                1_000,
                Duration.ofDays(90),
                Duration.ofSeconds(10));
    }

    public GlueSettings with(SparkSettings newSpark) {
        return new GlueSettings(
                builtIn, Optional.of(newSpark), noSpark, s3, maximumRuns, maximumWaiting, historyKept, closingGrace);
    }

    /// @param reason why scripts are refused, as the end of a sentence
    public GlueSettings withoutSpark(String reason) {
        return new GlueSettings(
                builtIn, Optional.empty(), reason, s3, maximumRuns, maximumWaiting, historyKept, closingGrace);
    }

    public GlueSettings crawling(S3Client newS3) {
        return new GlueSettings(
                builtIn, spark, noSpark, Optional.of(newS3), maximumRuns, maximumWaiting, historyKept, closingGrace);
    }
}
