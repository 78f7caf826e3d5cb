package dev.feedline.spark;

import dev.feedline.convert.ConversionReport;
import dev.feedline.convert.ConversionRun;
import java.io.IOException;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The pipeline's conversion job as a Spark application, on one machine or a cluster.
///
/// Arguments: `--FEEDLINE_LANDING_BUCKET` and `--FEEDLINE_LAKE_BUCKET`, by default `feedline-landing` and
/// `feedline-lake`, and `--JOB_NAME`, by default `feedline-json-to-parquet`: the feeds whose catalog tables name that
/// job in the parameter `feedline.job` are its. Where the services are comes from `AWS_ENDPOINT_URL` and `AWS_REGION`.
public final class JsonToParquet {
    private static final String CATALOG_DATABASE = "feedline";
    private static final String NAME = "feedline-json-to-parquet";
    /// A table without it belongs to the job of that name.
    private static final String JOB_OF_FEED = "feedline.job";
    /// What is converted between two looks: enough that every core has several chunks.
    private static final long BYTES_PER_CORE_AND_LOOK = 256L << 20;

    private JsonToParquet() {}

    public static void main(String[] arguments) throws IOException {
        SparkContext spark = SparkContext.getOrCreate(new SparkConf().setIfMissing("spark.app.name", NAME));
        try {
            run(spark, arguments);
        } finally {
            spark.stop();
        }
    }

    /// Runs on a context that is there already, as a script on AWS Glue has it.
    public static void run(SparkContext context, String[] arguments) throws IOException {
        Arguments given = Arguments.of(arguments);
        Place place = new Place(
                S3Access.of(System.getenv()),
                given.orElse("FEEDLINE_LANDING_BUCKET", "feedline-landing"),
                given.orElse("FEEDLINE_LAKE_BUCKET", "feedline-lake"));
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
        try (S3Client s3 = place.access().s3();
                GlueClient glue = place.access().glue();
                LambdaClient lambda = place.access().lambda()) {
            ConversionReport report = new ConversionRun(
                            () -> feeds(glue, given.orElse("JOB_NAME", NAME)),
                            new SparkEngine(spark, place, s3),
                            new StreamedFiles(s3, lambda, place.landing()),
                            () -> BYTES_PER_CORE_AND_LOOK * spark.defaultParallelism())
                    .run(JsonToParquet::count);
            System.out.println(report);
            if (!report.failures().isEmpty()) {
                throw new IOException(String.join("; ", report.failures()));
            }
        }
    }

    private static void count(ConversionReport progress) {
        RunOfDriver.CURRENT.count("chunks", progress.converted());
        RunOfDriver.CURRENT.count("rows", progress.rows());
    }

    /// The feeds whose tables name this job.
    private static List<String> feeds(GlueClient glue, String job) {
        return glue.getTablesPaginator(request -> request.databaseName(CATALOG_DATABASE)).stream()
                .flatMap(page -> page.tableList().stream())
                .filter(table ->
                        table.parameters().getOrDefault(JOB_OF_FEED, NAME).equals(job))
                .map(Table::name)
                .toList();
    }
}
