package dev.feedline.glue;

import java.time.Duration;
import java.util.Map;

/// What the embedded Glue is given besides its ground.
///
/// @param builtIn the jobs a script location `feedline:builtin/<name>` may name
/// @param maximumRuns how many runs may be at work at once, all jobs together
/// @param maximumWaiting how many queued runs may wait, all jobs together
/// @param historyKept how long finished runs are listed; AWS keeps them 90 days
/// @param closingGrace how long closing waits for runs to notice that they should end
public record GlueSettings(
        Map<String, GlueJob> builtIn,
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

    public static GlueSettings of(Map<String, GlueJob> builtIn) {
        return new GlueSettings(builtIn, 8, 1_000, Duration.ofDays(90), Duration.ofSeconds(10));
    }
}
