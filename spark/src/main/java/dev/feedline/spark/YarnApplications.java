package dev.feedline.spark;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/// A run's applications on YARN: none outlives its run.
///
/// One that has begun ends by itself when its driver does. One that YARN has not begun yet, because it has no room,
/// knows of no driver, and Spark forgets it: that one is killed.
final class YarnApplications {
    private static final String TAGS = "spark.yarn.tags";
    private static final String HADOOP = "spark.hadoop.";
    /// After Spark's own hook.
    private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 5;
    /// Less than Feedline gives a driver that it has asked to end.
    private static final long LONGEST_SECONDS = 8;
    private static final EnumSet<YarnApplicationState> NOT_BEGUN = EnumSet.of(
            YarnApplicationState.NEW,
            YarnApplicationState.NEW_SAVING,
            YarnApplicationState.SUBMITTED,
            YarnApplicationState.ACCEPTED);

    private YarnApplications() {}

    /// By the settings as they are now, in the system's properties.
    static void endWithRun(String runId) {
        String tag = "feedline-run-" + runId;
        String others = System.getProperty(TAGS, "");
        System.setProperty(TAGS, others.isBlank() ? tag : others + "," + tag);
        ShutdownHookManager.get().addShutdownHook(() -> kill(tag), PRIORITY, LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private static void kill(String tag) {
        try (YarnClient yarn = YarnClient.createYarnClient()) {
            yarn.init(configuration());
            yarn.start();
            for (ApplicationReport left : yarn.getApplications(Set.of("SPARK"), NOT_BEGUN, Set.of(tag))) {
                System.err.println("YARN has not begun " + left.getApplicationId() + ", so that it is killed");
                yarn.killApplication(left.getApplicationId(), "its run of Feedline has ended");
            }
        } catch (IOException | YarnException | RuntimeException e) {
            System.err.println(
                    "YARN could not be asked for what it has not begun of this run, tagged " + tag + ": " + e);
        }
    }

    private static YarnConfiguration configuration() {
        YarnConfiguration configuration = new YarnConfiguration();
        for (String name : List.copyOf(System.getProperties().stringPropertyNames())) {
            if (name.startsWith(HADOOP)) {
                configuration.set(name.substring(HADOOP.length()), System.getProperty(name));
            }
        }
        return configuration;
    }
}
