package dev.feedline.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileUtil;

/// What Spark is told in a driver of Feedline's, as system properties, which every `new SparkContext()` of a job reads.
final class SparkSettings {
    /// What a job sets for S3A itself, then the SDK's chain, by which executors find keys of their own: the same as
    /// [S3Access] has.
    private static final String CREDENTIALS = String.join(
            ",",
            "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
            "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider");

    private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private SparkSettings() {}

    static boolean isLocal(String master) {
        return master.equals("local") || master.startsWith("local[");
    }

    /// @param shipped jars for executors
    static void apply(RunLine line, List<Path> shipped) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.master", line.master());
        settings.put("spark.app.name", line.jobName());
        settings.put("spark.ui.enabled", "false");
        settings.put("spark.sql.session.timeZone", "UTC"); // as machines of Glue have it
        Path warehouse = Files.createTempDirectory("feedline-warehouse-");
        deleteAtExit(warehouse);
        settings.put("spark.sql.warehouse.dir", warehouse.toUri().toString());
        if (isLocal(line.master())) {
            settings.put("spark.driver.bindAddress", "127.0.0.1");
            settings.put("spark.driver.host", "127.0.0.1");
        } else {
            settings.put("spark.jars", shipped.stream().map(Path::toString).collect(Collectors.joining(",")));
        }
        s3a(System.getenv(), settings);
        settings.putAll(ofUser(line));
        if (KubernetesMaster.isOne(line.master())) {
            settings.putAll(KubernetesMaster.settings(line, System.getenv("AWS_ENDPOINT_URL")));
        }
        settings.forEach(System::setProperty);
        if (line.master().equals("yarn")) {
            YarnApplications.endWithRun(line.runId());
        }
    }

    private static Map<String, String> ofUser(RunLine line) {
        for (String name : line.conf().keySet()) {
            if (!name.startsWith("spark.")) {
                throw new IllegalArgumentException("the setting " + name + " of job " + line.jobName()
                        + " is none of Spark's: their names begin with spark.");
            }
        }
        return line.conf();
    }

    /// Whether S3A is there: a team's own Spark may be without it, and without what its commits need.
    private static boolean hasS3a() {
        try {
            Class.forName(S3A, false, SparkSettings.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false; // whoever names s3a:// is told by Hadoop
        }
    }

    /// S3A as Glue 6.0 has it: the only connector, for `s3://` as well, writing by its magic committer, so that nothing
    /// shows before a job's commit.
    private static void s3a(Map<String, String> environment, Map<String, String> settings) {
        String hadoop = "spark.hadoop.";
        for (String scheme : List.of("s3", "s3n")) {
            settings.put(hadoop + "fs." + scheme + ".impl", S3A);
            settings.put(
                    hadoop + "mapreduce.outputcommitter.factory.scheme." + scheme,
                    "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
        }
        settings.put(
                hadoop + "mapreduce.outputcommitter.factory.scheme.s3a",
                "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
        settings.put(hadoop + "fs.s3a.committer.name", "magic");
        settings.put(hadoop + "fs.s3a.committer.magic.enabled", "true");
        // Else each file has two objects more while it is written, one of them with the file's name, and a bucket's
        // notifications tell of them. A task is written and committed by one executor, so its memory will do.
        settings.put(hadoop + "fs.s3a.committer.magic.track.commits.in.memory.enabled", "true");
        settings.put(hadoop + "fs.s3a.aws.credentials.provider", CREDENTIALS);
        if (hasS3a()) { // else every frame that is written, wherever, would want classes that are not there
            settings.put(
                    "spark.sql.sources.commitProtocolClass",
                    "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol");
            settings.put(
                    "spark.sql.parquet.output.committer.class",
                    "org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter");
        }
        // The one reader of Hadoop 3.5's that needs nothing beside the SDK.
        settings.put(hadoop + "fs.s3a.input.stream.type", "classic");
        String endpoint = environment.get("AWS_ENDPOINT_URL");
        if (endpoint != null) {
            settings.put(hadoop + "fs.s3a.endpoint", endpoint);
            settings.put(hadoop + "fs.s3a.path.style.access", "true");
            settings.put(hadoop + "fs.s3a.connection.ssl.enabled", Boolean.toString(endpoint.startsWith("https:")));
        }
        String region = environment.get("AWS_REGION");
        if (region != null) {
            settings.put(hadoop + "fs.s3a.endpoint.region", region);
        }
    }

    static void deleteAtExit(Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtil.fullyDelete(folder.toFile())));
    }
}
