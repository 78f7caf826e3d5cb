package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Scripts written for AWS's library run as they are: on genuine Spark, through the front door.
@Tag("proof")
@TestMethodOrder(MethodOrderer.MethodName.class)
class GlueLibraryProofTest {
    private static final String EVERY_DAY = " ";

    @TempDir
    private static Path folder;

    private static TestingFeedline feedline;
    private static GlueClient glue;
    private static S3Client s3;

    @BeforeAll
    static void start() throws IOException {
        GlueRuns.useThisCheckout();
        feedline = TestingFeedline.start(folder.resolve("data"), "feeds: {}");
        glue = feedline.reach().glue();
        s3 = feedline.s3();
        s3.createBucket(request -> request.bucket("shop"));
        glue.createDatabase(database -> database.databaseInput(input -> input.name("shop")));
    }

    @AfterAll
    static void stop() {
        feedline.close();
        GlueRuns.leaveThisCheckout();
    }

    @Test
    void bookmarksAreCommittedByTheJobAndKeptOnlyThen() throws Exception {
        StorageDescriptor orders = files("s3://shop/orders/", "json")
                .columns(column("id", "bigint"), column("customer", "struct<name:string>"), column("total", "string"))
                .build();
        glue.createTable(request -> request.databaseName("shop")
                .tableInput(table -> table.name("orders")
                        .parameters(Map.of("classification", "json"))
                        .partitionKeys(column("day", "date"))
                        .storageDescriptor(orders)));
        partition(orders, "2026-11-26");
        partition(orders, "2026-11-27");
        job("orders", "NewOrders", Map.of("--job-bookmark-option", "job-bookmark-enable"));
        put(
                "orders/day=2026-11-26/a.json",
                "{\"ID\":1,\"customer\":{\"name\":\"Ann\"},\"total\":\"9.50\"}\n{\"ID\":2}\n");

        assertThat(run("first", EVERY_DAY).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(rows("first")).containsExactly("1 Ann 9.50 2026-11-26", "2 null null 2026-11-26");

        assertThat(run("second", EVERY_DAY).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(keys("second")).isEmpty();

        put("orders/day=2026-11-27/b c%20[1].json", "{\"ID\":3,\"total\":\"none\"}\n");
        JobRun thrown = run("third", EVERY_DAY, "badly");
        assertThat(thrown.jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(thrown.errorMessage()).isEqualTo("java.lang.IllegalStateException: before its commit");
        assertThat(run("fourth", EVERY_DAY).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(rows("fourth")).containsExactly("3 null null 2026-11-27").isEqualTo(rows("third"));

        put("orders/day=2026-11-27/c.json", "{\"ID\":4}\n");
        JobRun late = run("fifth", EVERY_DAY, "late");
        assertThat(late.jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(late.errorMessage()).isEqualTo("java.lang.IllegalStateException: after its commit");
        assertThat(rows("fifth")).containsExactly("4 null null 2026-11-27");
        assertThat(run("sixth", EVERY_DAY).jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(keys("sixth")).isEmpty();

        glue.resetJobBookmark(request -> request.jobName("orders"));
        assertThat(run("seventh", "day < '2026-11-27'").jobRunState()).isEqualTo(JobRunState.SUCCEEDED);
        assertThat(rows("seventh")).isEqualTo(rows("first"));
    }

    @Test
    void tablesAreReadAndWrittenAsTheCatalogSays() throws Exception {
        StorageDescriptor prices = files("s3://shop/prices/", "csv")
                .columns(column("id", "bigint"), column("price", "decimal(8,2)"))
                .build();
        glue.createTable(request -> request.databaseName("shop")
                .tableInput(table -> table.name("prices")
                        .parameters(Map.of("classification", "csv", "skip.header.line.count", "1"))
                        .storageDescriptor(prices)));
        StorageDescriptor sorted = files("s3://shop/sorted/", "json")
                .columns(column("id", "bigint"), column("price", "decimal(8,2)"))
                .build();
        glue.createTable(request -> request.databaseName("shop")
                .tableInput(table -> table.name("sorted")
                        .parameters(Map.of("classification", "json"))
                        .partitionKeys(column("currency", "string"))
                        .storageDescriptor(sorted)));
        job("tables", "Tables", Map.of("--conf", "spark.sql.shuffle.partitions=2"));
        put("prices/a.csv", "id,price\n1,9.50\n2,free\n");

        JobRun run = ended(
                "tables", glue.startJobRun(request -> request.jobName("tables")).jobRunId());

        assertThat(run.errorMessage()).isNull();
        assertThat(keys("sorted/")).isNotEmpty().allMatch(key -> key.startsWith("sorted/currency=EUR/"));
        List<String> lines = new ArrayList<>();
        for (String key : keys("sorted/")) {
            lines.addAll(s3.getObjectAsBytes(request -> request.bucket("shop").key(key))
                    .asUtf8String()
                    .lines()
                    .toList());
        }
        assertThat(lines).containsExactlyInAnyOrder("{\"id\":1,\"price\":9.50}", "{\"id\":2}");
        assertThat(glue.getTable(request -> request.databaseName("shop").name("current"))
                        .table()
                        .storageDescriptor()
                        .columns())
                .containsExactly(
                        column("id", "bigint"), column("price", "decimal(8,2)"), column("cost", "decimal(8,2)"));
        assertThat(glue.getPartitions(request -> request.databaseName("shop").tableName("current"))
                        .partitions())
                .extracting(partition -> partition.storageDescriptor().location())
                .containsExactly("s3://shop/current/currency=EUR/");
        assertThat(glue.getTable(request -> request.databaseName("shop").name("listed"))
                        .table()
                        .storageDescriptor()
                        .serdeInfo()
                        .parameters())
                .containsOnly(entry("separatorChar", ";"), entry("quoteChar", "'"), entry("escapeChar", "\\"));
        assertThat(glue.getTable(request -> request.databaseName("shop").name("listed"))
                        .table()
                        .storageDescriptor()
                        .columns())
                .extracting(Column::name)
                .containsExactly("id", "price", "note"); // and no Currency beside the key
        assertThat(keys("listed/"))
                .allMatch(key -> key.startsWith("listed/currency=EUR/"))
                .allMatch(key -> key.endsWith(".csv"));
    }

    @Test
    void whatTheLibraryHasNotDoesNotCompile() throws Exception {
        s3.putObject(request -> request.bucket("shop").key("streaming.scala"), RequestBody.fromString("""
                        import com.amazonaws.services.glue.GlueContext
                        object Streaming {
                          def main(args: Array[String]): Unit = new GlueContext(new org.apache.spark.SparkContext()).forEachBatch(1)
                        }
                        """));
        create("streaming", "Streaming", Map.of());

        JobRun run = ended(
                "streaming",
                glue.startJobRun(request -> request.jobName("streaming")).jobRunId());

        assertThat(run.jobRunState()).isEqualTo(JobRunState.FAILED);
        assertThat(run.errorMessage()).contains("value forEachBatch is not a member of", "streaming.scala:3");
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    private static StorageDescriptor.Builder files(String location, String format) {
        return StorageDescriptor.builder().location(location).parameters(Map.of("classification", format));
    }

    private static void partition(StorageDescriptor table, String day) {
        glue.createPartition(request -> request.databaseName("shop")
                .tableName("orders")
                .partitionInput(input -> input.values(day)
                        .storageDescriptor(table.toBuilder()
                                .location(table.location() + "day=" + day + "/")
                                .build())));
    }

    private static void put(String key, String text) {
        s3.putObject(request -> request.bucket("shop").key(key), RequestBody.fromString(text));
    }

    private static void job(String name, String mainClass, Map<String, String> arguments) throws IOException {
        try (InputStream script = GlueLibraryProofTest.class.getResourceAsStream("glue/" + name + ".scala")) {
            put(name + ".scala", new String(script.readAllBytes(), UTF_8));
        }
        create(name, mainClass, arguments);
    }

    private static void create(String name, String mainClass, Map<String, String> arguments) {
        Map<String, String> all = new java.util.HashMap<>(arguments);
        all.put("--job-language", "scala");
        all.put("--class", mainClass);
        glue.createJob(job -> job.name(name)
                .role("any")
                .command(command -> command.name("glueetl").scriptLocation("s3://shop/" + name + ".scala"))
                .defaultArguments(all));
    }

    private static JobRun run(String out, String days) throws InterruptedException {
        return run(out, days, "well");
    }

    private static JobRun run(String out, String days, String ends) throws InterruptedException {
        String id = glue.startJobRun(request -> request.jobName("orders")
                        .arguments(Map.of("--OUT", "s3://shop/" + out + "/", "--DAYS", days, "--ENDS", ends)))
                .jobRunId();
        return ended("orders", id);
    }

    private static JobRun ended(String job, String id) throws InterruptedException {
        return GlueRuns.ended(glue, job, id);
    }

    private static List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(request -> request.bucket("shop").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .filter(key -> !key.endsWith("/")) // S3A's folders
                .toList();
    }

    /// The rows of all Parquet files, in their order.
    private static List<String> rows(String out) throws IOException, SQLException {
        Path copies = Files.createDirectories(folder.resolve("copies").resolve(out));
        for (String key : keys(out + "/")) {
            Path copy = copies.resolve(key.replace('/', '_'));
            if (Files.notExists(copy)) {
                s3.getObject(request -> request.bucket("shop").key(key), copy);
            }
        }
        List<String> rows = new ArrayList<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet found = duckDb.createStatement()
                        .executeQuery("SELECT concat_ws(' ', id, coalesce(customer, 'null'),"
                                + " coalesce(total::VARCHAR, 'null'), day) FROM '" + copies
                                + "/*.parquet' ORDER BY id")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }
}
