package dev.feedline.glue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A script as a job: each run in a driver process, which says at its end what became of it.
record SparkJob(Script.OnSpark script, S3Client s3, Drivers drivers, LeftPods pods, RunCommits commits)
        implements GlueJob {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Returns only when the driver's report says SUCCEEDED.
    ///
    /// @throws RunFailure with what the driver reported, or how it ended without a report
    @Override
    public void run(GlueJobRun run) throws Exception {
        SparkScript spark = SparkScript.of(script, run.arguments());
        Driver driver = drivers.take(spark.conf(), said -> {
            run.log(said);
            run.checkStopped(); // Spark may be on its way here for the first time
        });
        try {
            AtomicReference<@Nullable Driver> stoppable = new AtomicReference<>(driver);
            run.whenStopped(() -> {
                Driver at = stoppable.getAndSet(null);
                if (at != null) {
                    at.stop();
                }
            });
            try {
                end(run, driver, work(run, spark, driver));
            } finally {
                stoppable.set(null);
            }
        } finally {
            boolean podsAreGone = Files.exists(podsGone(driver)); // in the driver's folder, which ends with it
            drivers.end(driver, spark.conf());
            if (spark.conf().isOnKubernetes()) {
                pods.ended(run.runId(), podsAreGone, run::log);
            }
        }
    }

    private int work(GlueJobRun run, SparkScript spark, Driver driver) throws Exception {
        Path folder = driver.folder();
        List<Path> jars = new ArrayList<>();
        for (S3Place jar : spark.jars()) {
            // Two jars may have one name in two folders of a bucket.
            jars.add(fetch(
                    run, jar, Files.createDirectories(folder.resolve("jars").resolve("" + jars.size()))));
        }
        for (S3Place file : spark.files()) {
            fetch(run, file, folder);
        }
        Path source = spark.script().isEmpty()
                ? null
                : fetch(run, spark.script().get(), Files.createDirectories(folder.resolve("script")));
        run.checkStopped();
        if (spark.conf().isOnKubernetes()) {
            pods.mayBe(run.runId(), spark.conf());
        }
        driver.begin(line(run, spark, jars, source, driver), run.runLog());
        return driver.await();
    }

    private static Path report(Driver driver) {
        return driver.folder().resolve("report.json");
    }

    private static Path podsGone(Driver driver) {
        return driver.folder().resolve("pods-gone");
    }

    private Path fetch(GlueJobRun run, S3Place place, Path into) throws RunFailure {
        run.checkStopped();
        Path file = into.resolve(place.name()).normalize();
        if (!into.equals(file.getParent()) || Files.exists(file)) {
            throw new RunFailure(place + " cannot be fetched as " + place.name() + ": "
                    + (Files.exists(file) ? "there is another file of that name" : "that is no file's name"));
        }
        try {
            s3.getObject(get -> get.bucket(place.bucket()).key(place.key()), file);
            return file;
        } catch (AwsServiceException | SdkClientException e) {
            throw new RunFailure(place + " could not be fetched: " + e.getMessage(), e);
        }
    }

    private String line(GlueJobRun run, SparkScript spark, List<Path> jars, @Nullable Path source, Driver driver) {
        ObjectNode line = JSON.createObjectNode()
                .put("runId", run.runId())
                .put("application", KubernetesLabel.value(run.runId()))
                .put("jobName", run.jobName())
                .put("mainClass", spark.mainClass())
                .put("script", source == null ? null : source.toString())
                .put("scripts", drivers.scripts().toString())
                .put("master", spark.conf().master())
                .put("commits", commits.file(run.runId()).toString())
                .put("report", report(driver).toString())
                .put("podsGone", podsGone(driver).toString());
        jars.forEach(jar -> line.withArray("jars").add(jar.toString()));
        if (jars.isEmpty()) {
            line.putArray("jars");
        }
        put(line.putObject("conf"), spark.conf().properties());
        put(line.putObject("arguments"), run.arguments());
        Bookmarks.Handed handed = run.bookmarks();
        ObjectNode bookmarks =
                line.putObject("bookmarks").put("option", handed.option().word());
        contexts(bookmarks.putObject("state"), handed.state());
        handed.until().ifPresent(until -> contexts(bookmarks.putObject("until"), until));
        return line.toString();
    }

    private static void put(ObjectNode object, Map<String, String> values) {
        values.forEach(object::put);
    }

    private static void contexts(ObjectNode object, Map<String, String> states) {
        states.forEach((context, state) -> object.set(context, JSON.readTree(state)));
    }

    /// What a run has counted and committed is kept however it ended.
    private void end(GlueJobRun run, Driver driver, int status) throws IOException, RunFailure {
        run.commitBookmarks(commits.of(run.runId())); // first: a driver that was stopped or killed leaves no report
        Optional<DriverReport> found = DriverReport.read(report(driver));
        if (found.isEmpty()) {
            throw new RunFailure(DriverReport.missing(status, driver.lastLines()));
        }
        DriverReport report = found.get();
        report.metrics().forEach(run::count);
        if (!report.succeeded()) {
            throw new RunFailure(report.error());
        }
        if (status != 0) {
            throw new RunFailure("The driver reported SUCCEEDED and ended with exit code " + status
                    + "; what it did after its report is in the run's log");
        }
    }
}
