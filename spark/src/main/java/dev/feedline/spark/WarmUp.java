package dev.feedline.spark;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;

/// What a driver does before it has a run: it loads and compiles what nearly every job uses, so that the job need not
/// wait for it, and leaves nothing behind that a job could run into.
final class WarmUp {
    private static final int ROWS = 1000;

    private WarmUp() {}

    /// Step by step; a driver that has its run already does not finish.
    static void untilAsked(BooleanSupplier isAsked) throws ClassNotFoundException {
        List<Step> steps = List.of(WarmUp::clients, WarmUp::session, WarmUp::compiler);
        for (Step step : steps) {
            if (isAsked.getAsBoolean()) {
                return;
            }
            step.take();
        }
    }

    private interface Step {
        void take() throws ClassNotFoundException;
    }

    private static void clients() {
        s3a();
        S3Access access = S3Access.of(Map.of("AWS_REGION", "us-east-1"));
        access.s3().close();
        access.glue().close();
        access.lambda().close();
    }

    private static void s3a() {
        try {
            Class.forName("org.apache.hadoop.fs.s3a.S3AFileSystem");
        } catch (ClassNotFoundException | LinkageError e) {
            // A team's own Spark may be without it, or without its SDK; Hadoop says so to a job that reads or writes
            // s3a://.
            System.err.println("This Spark has no S3A: " + e);
        }
    }

    private static void session() {
        SparkSession session = SparkSession.builder()
                .master("local[1]")
                .appName("warm-up")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        session.range(ROWS)
                .selectExpr("id % 7 AS k", "CAST(id AS STRING) AS v")
                .groupBy("k")
                .count()
                .collectAsList();
        session.stop();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
    }

    private static void compiler() throws ClassNotFoundException {
        Class.forName("scala.tools.nsc.Global");
    }
}
