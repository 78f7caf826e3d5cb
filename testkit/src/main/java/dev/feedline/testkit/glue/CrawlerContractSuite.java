package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;
import software.amazon.awssdk.services.s3.S3Client;

/// What Glue's crawlers owe their callers, of those over S3:
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html and
/// https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html
///
/// The service under test has no crawlers and no databases, reads from the S3 of [#s3] where there is no bucket
/// `crawled` yet, and takes its time (50 ms) over each object whose key contains `slow`.
public abstract class CrawlerContractSuite {
    private static final String JSON = """
            {"id": 1, "Name": "a", "price": 1.50, "tags": ["x"], "at": {"city": "Bonn", "zip": 53111}}
            {"id": 2, "Name": "b", "price": 2.25, "tags": [], "at": {"city": "Ulm"}, "new": true}
            """;

    protected abstract GlueClient client();

    protected abstract S3Client s3();

    @BeforeEach
    void createBucketAndDatabase() {
        s3().createBucket(create -> create.bucket("crawled"));
        client().createDatabase(create -> create.databaseInput(input -> input.name("found")));
    }

    @Test
    void aFolderOfJsonLinesBecomesATable() throws Exception {
        put("lake/Orders-2026/a.jsonl", JSON);
        put("lake/Orders-2026/b.jsonl", "{\"id\": 3, \"price\": 7}\n");
        put("lake/Orders-2026/_SUCCESS", "x");
        put("lake/Orders-2026/empty.jsonl", "");

        crawl("s3://crawled/lake/Orders-2026", crawler -> crawler.tablePrefix("raw_"));

        Table table = table("raw_orders_2026");
        assertThat(columns(table))
                .containsExactly(
                        "id bigint",
                        "name string",
                        "price decimal(38,2)",
                        "tags array<string>",
                        "at struct<city:string,zip:bigint>",
                        "new boolean");
        assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.partitionKeys()).isEmpty();
        assertThat(table.storageDescriptor().location()).isEqualTo("s3://crawled/lake/Orders-2026/");
        assertThat(table.storageDescriptor().inputFormat()).isEqualTo("org.apache.hadoop.mapred.TextInputFormat");
        assertThat(table.storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.openx.data.jsonserde.JsonSerDe");
        assertThat(table.storageDescriptor().serdeInfo().parameters())
                .containsEntry("paths", "Name,at,id,new,price,tags");
        assertThat(table.parameters())
                .containsEntry("classification", "json")
                .containsEntry("compressionType", "none")
                .containsEntry("typeOfData", "file")
                .containsEntry("recordCount", "3")
                .containsEntry("objectCount", "2")
                .containsEntry("sizeKey", Integer.toString(JSON.length() + 22))
                .containsEntry("averageRecordSize", Integer.toString((JSON.length() + 22) / 3))
                .containsEntry("CrawlerSchemaDeserializerVersion", "1.0")
                .containsEntry("CrawlerSchemaSerializerVersion", "1.0")
                .containsEntry("UPDATED_BY_CRAWLER", "c");
    }

    @Test
    void foldersOfTheHiveKindBecomePartitions() throws Exception {
        put("sales/Year=2025/country=de/a.jsonl", "{\"id\": 1}\n");
        put("sales/Year=2026/country=de/a.jsonl", "{\"id\": 2}\n");
        put("sales/Year=2026/country=d%3Ae/a.jsonl", "{\"id\": 3}\n{\"id\": 4}\n");

        crawl("s3://crawled/sales/", crawler -> {});

        Table table = table("sales");
        assertThat(table.partitionKeys())
                .containsExactly(
                        Column.builder().name("year").type("string").build(),
                        Column.builder().name("country").type("string").build());
        assertThat(columns(table)).containsExactly("id bigint");
        assertThat(table.parameters()).containsEntry("recordCount", "4");
        assertThat(partitions("sales"))
                .extracting(Partition::values)
                .containsExactlyInAnyOrder(List.of("2025", "de"), List.of("2026", "de"), List.of("2026", "d:e"));
        Partition last = client().getPartition(
                        get -> get.databaseName("found").tableName("sales").partitionValues("2026", "d:e"))
                .partition();
        assertThat(last.storageDescriptor().location()).isEqualTo("s3://crawled/sales/Year=2026/country=d%3Ae/");
        assertThat(last.storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.openx.data.jsonserde.JsonSerDe");
        assertThat(last.parameters()).containsEntry("recordCount", "2").containsEntry("classification", "json");
    }

    @Test
    void foldersOfAnyOtherNameBecomeNumberedPartitions() throws Exception {
        put("logs/2026/11/a.jsonl", "{\"id\": 1}\n");
        put("logs/2026/12/a.jsonl", "{\"id\": 1}\n");

        crawl("s3://crawled/logs", crawler -> {});

        assertThat(table("logs").partitionKeys())
                .extracting(Column::name)
                .containsExactly("partition_0", "partition_1");
        assertThat(partitions("logs"))
                .extracting(Partition::values)
                .containsExactlyInAnyOrder(List.of("2026", "11"), List.of("2026", "12"));
    }

    @Test
    void foldersWithOtherColumnsOrFormatsBecomeTablesOfTheirOwn() throws Exception {
        put("mixed/orders/a.jsonl", "{\"id\": 1, \"amount\": 2, \"at\": \"x\"}\n");
        put("mixed/people/a.jsonl", "{\"name\": \"a\", \"born\": \"2001-02-03\", \"id\": 1}\n");
        put("mixed/sheet/a.csv", "id,amount,at\n1,2,x\n");
        put("mixed/odd.bin", "\u0000\u0001\u0002\u0003");

        crawl("s3://crawled/mixed", crawler -> {});

        assertThat(tables()).extracting(Table::name).containsExactly("odd_bin", "orders", "people", "sheet");
        assertThat(columns(table("people"))).containsExactly("name string", "born date", "id bigint");
        assertThat(table("sheet").parameters()).containsEntry("classification", "csv");
        Table odd = table("odd_bin");
        assertThat(odd.parameters()).containsEntry("classification", "UNKNOWN");
        assertThat(odd.storageDescriptor().location()).isEqualTo("s3://crawled/mixed/odd.bin");
        assertThat(odd.storageDescriptor().columns()).isEmpty();
    }

    @Test
    void anyColumnsMakeOneTableWhereThatIsAskedFor() throws Exception {
        put("mixed/orders/a.jsonl", "{\"id\": 1, \"amount\": 2}\n");
        put("mixed/people/a.jsonl", "{\"id\": \"x\", \"name\": \"a\"}\n");

        crawl(
                "s3://crawled/mixed",
                crawler -> crawler.configuration(
                        "{\"Version\":1.0,\"Grouping\":{\"TableGroupingPolicy\":\"CombineCompatibleSchemas\"}}"));

        assertThat(columns(table("mixed"))).containsExactly("id string", "amount bigint", "name string");
        assertThat(partitions("mixed"))
                .extracting(Partition::values)
                .containsExactlyInAnyOrder(List.of("orders"), List.of("people"));
    }

    @Test
    void aCsvFileHasTheColumnsOfItsHeader() throws Exception {
        put("csv/a.csv", "Id;when;part;share\n1;2026-11-27;007;0.5\n22;2026-11-28;008;\n");

        crawl("s3://crawled/csv/a.csv", crawler -> {});

        Table table = table("a_csv");
        assertThat(table.storageDescriptor().location()).isEqualTo("s3://crawled/csv/a.csv");
        assertThat(columns(table)).containsExactly("id bigint", "when date", "part string", "share decimal(38,1)");
        assertThat(table.storageDescriptor().serdeInfo().serializationLibrary())
                .isEqualTo("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe");
        assertThat(table.storageDescriptor().serdeInfo().parameters()).containsEntry("field.delim", ";");
        assertThat(table.parameters())
                .containsEntry("delimiter", ";")
                .containsEntry("skip.header.line.count", "1")
                .containsEntry("areColumnsQuoted", "false")
                .containsEntry("recordCount", "2");
    }

    @Test
    void aCsvFileOfNothingButTextsHasNoHeader() throws Exception {
        put("csv/a.csv", "city,country\n\"Bonn, am Rhein\",de\nUlm,de\n");

        crawl("s3://crawled/csv", crawler -> {});

        assertThat(columns(table("csv"))).containsExactly("col0 string", "col1 string");
        assertThat(table("csv").parameters())
                .containsEntry("areColumnsQuoted", "true")
                .containsEntry("recordCount", "3")
                .doesNotContainKey("skip.header.line.count");
    }

    @Test
    void csvFilesOfOtherColumnsInFrontAreNotOneTable() throws Exception {
        put("csv/a/x.csv", "id,amount,place\n1,2,x\n");
        put("csv/b/x.csv", "amount,id,place\n1,2,x\n");
        put("same/a/x.csv", "id,amount,place\n1,2,x\n");
        put("same/b/x.csv", "ID,Amount,place,more\n1,2,x,y\n");

        crawl("s3://crawled/csv", crawler -> {});
        create("same", "s3://crawled/same", crawler -> {});
        start("same");

        assertThat(tables()).extracting(Table::name).containsExactly("a", "b", "same");
        assertThat(columns(table("same"))).containsExactly("id bigint", "amount bigint", "place string", "more string");
    }

    @Test
    void aCsvColumnOfAPartitionKeysNameKeepsItsPlace() throws Exception {
        put("csv/year=2026/x.csv", "id,year,place\n1,2026,x\n");

        crawl("s3://crawled/csv", crawler -> {});

        assertThat(columns(table("csv"))).containsExactly("id bigint", "col1 bigint", "place string");
        assertThat(partitions("csv"))
                .singleElement()
                .satisfies(one -> assertThat(one.storageDescriptor().columns())
                        .extracting(Column::name)
                        .containsExactly("id", "col1", "place"));
    }

    @Test
    void whatACrawlerSaidGoesWithItsReasonAndWhatPeopleAddedStays() throws Exception {
        put("csv/day=1/a.csv", "id,amount\n1,2\n");
        crawl("s3://crawled/csv", crawler -> {});
        Table before = table("csv");
        Partition partition = partitions("csv").getFirst();
        assertThat(before.parameters()).containsEntry("skip.header.line.count", "1");
        client().updateTable(update -> update.databaseName("found")
                .tableInput(input -> input.name("csv")
                        .tableType(before.tableType())
                        .partitionKeys(before.partitionKeys())
                        .parameters(with(before.parameters()))
                        .storageDescriptor(with(before.storageDescriptor()))));
        client().updatePartition(update -> update.databaseName("found")
                .tableName("csv")
                .partitionValueList(partition.values())
                .partitionInput(input -> input.values(partition.values())
                        .parameters(with(partition.parameters()))
                        .storageDescriptor(with(partition.storageDescriptor()))));

        put("csv/day=1/a.csv", "1,2\n3,4\n");
        start("c");

        Table after = table("csv");
        assertThat(columns(after)).containsExactly("col0 bigint", "col1 bigint");
        assertKept(after.parameters(), after.storageDescriptor());
        Partition kept = partitions("csv").getFirst();
        assertKept(kept.parameters(), kept.storageDescriptor());
    }

    private static void assertKept(Map<String, String> parameters, StorageDescriptor storage) {
        assertThat(parameters).doesNotContainKey("skip.header.line.count").containsEntry("mine", "yes");
        assertThat(storage.parameters())
                .doesNotContainKey("skip.header.line.count")
                .containsEntry("mine", "yes");
        assertThat(storage.serdeInfo().parameters())
                .containsEntry("field.delim", ",")
                .containsEntry("mine", "yes");
    }

    private static Map<String, String> with(Map<String, String> parameters) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put("mine", "yes");
        return more;
    }

    private static StorageDescriptor with(StorageDescriptor storage) {
        return storage.toBuilder()
                .parameters(with(storage.parameters()))
                .serdeInfo(storage.serdeInfo().toBuilder()
                        .parameters(with(storage.serdeInfo().parameters()))
                        .build())
                .build();
    }

    @Test
    void partitionsThatPeopleMadeElsewhereAreNotDeleted() throws Exception {
        put("sales/day=1/a.jsonl", "{\"id\": 1}\n");
        put("sales/day=2/a.jsonl", "{\"id\": 1}\n");
        crawl(
                "s3://crawled/sales",
                crawler -> crawler.schemaChangePolicy(
                        policy -> policy.deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE)));
        for (String location : List.of("s3://elsewhere/old/", "s3://crawled/sales/day=0/")) {
            client().createPartition(create -> create.databaseName("found")
                    .tableName("sales")
                    .partitionInput(input -> input.values("by hand in " + location)
                            .storageDescriptor(storage -> storage.location(location))));
        }
        client().createPartition(create -> create.databaseName("found")
                .tableName("sales")
                .partitionInput(input -> input.values("copied")
                        .parameters(Map.of("UPDATED_BY_CRAWLER", "c"))
                        .storageDescriptor(storage -> storage.location("s3://elsewhere/copied/"))));

        delete("sales/day=2/a.jsonl");
        start("c");

        assertThat(partitions("sales"))
                .extracting(one -> one.values().getFirst())
                .containsExactlyInAnyOrder(
                        "1", "by hand in s3://elsewhere/old/", "by hand in s3://crawled/sales/day=0/", "copied");
    }

    @Test
    void aPackedFileIsUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(JSON.getBytes(StandardCharsets.UTF_8));
        }
        s3().putObject(put -> put.bucket("crawled").key("gz/a.json.gz"), RequestBody.fromBytes(packed.toByteArray()));

        crawl("s3://crawled/gz", crawler -> {});

        assertThat(table("gz").parameters())
                .containsEntry("compressionType", "gzip")
                .containsEntry("recordCount", "2")
                .containsEntry("sizeKey", Integer.toString(packed.size()));
        assertThat(columns(table("gz"))).contains("id bigint");
    }

    @Test
    void whatIsExcludedIsNotSeenAndSamplesStandForTheRest() throws Exception {
        put("lake/a/1.jsonl", "{\"id\": 1}\n");
        put("lake/a/2.jsonl", "{\"id\": \"text\"}\n");
        put("lake/old/1.jsonl", "{\"other\": 1}\n");
        put("lake/a/note.txt", "hello");

        crawl(S3Target.builder()
                .path("s3://crawled/lake")
                .exclusions("old/**", "**.{txt,pdf}")
                .sampleSize(1)
                .build());

        assertThat(tables()).extracting(Table::name).containsExactly("lake");
        assertThat(columns(table("lake"))).containsExactly("id bigint"); // of the first file
        assertThat(table("lake").parameters())
                .containsEntry("objectCount", "2")
                .containsEntry("recordCount", "3") // 10 and 15 bytes at 10 a record
                .containsEntry("exclusions", "[\"old/**\",\"**.{txt,pdf}\"]");
    }

    @Test
    void aSecondCrawlWritesOnlyWhatIsNew() throws Exception {
        put("sales/day=1/a.jsonl", "{\"id\": 1, \"a\": 1, \"b\": 1}\n");
        crawl("s3://crawled/sales", crawler -> {});
        Table before = table("sales");
        start("c");
        assertThat(table("sales")).isEqualTo(before);

        put("sales/day=2/a.jsonl", "{\"id\": 1, \"a\": 1.5, \"b\": 1, \"c\": true}\n");
        start("c");

        assertThat(columns(table("sales"))).containsExactly("id bigint", "a decimal(38,1)", "b bigint", "c boolean");
        assertThat(table("sales").versionId()).isEqualTo("1");
        assertThat(partitions("sales")).hasSize(2);
        var metrics =
                client().getCrawlerMetrics(get -> get.crawlerNameList("c")).crawlerMetricsList();
        assertThat(metrics).singleElement().satisfies(one -> {
            assertThat(one.tablesCreated()).isEqualTo(1);
            assertThat(one.tablesUpdated()).isEqualTo(1);
            assertThat(one.tablesDeleted()).isZero();
            assertThat(one.stillEstimating()).isFalse();
        });
    }

    @Test
    void aTableThatPeopleKeepIsLeftAloneWhereThatIsAskedFor() throws Exception {
        put("logged/a.jsonl", "{\"id\": 1}\n");
        put("merged/a.jsonl", "{\"id\": 1}\n");
        crawl(
                "s3://crawled/logged",
                crawler -> crawler.schemaChangePolicy(policy -> policy.updateBehavior(UpdateBehavior.LOG)));
        put("logged/b.jsonl", "{\"id\": 1, \"more\": 1}\n");
        start("c");
        assertThat(columns(table("logged"))).containsExactly("id bigint");

        create(
                "m",
                "s3://crawled/merged",
                crawler -> crawler.configuration(
                        "{\"Version\":1.0,\"CrawlerOutput\":{\"Tables\":{\"AddOrUpdateBehavior\":\"MergeNewColumns\"}}}"));
        start("m");
        put("merged/b.jsonl", "{\"id\": \"text\", \"more\": 1}\n");
        start("m");

        assertThat(columns(table("merged"))).containsExactly("id bigint", "more bigint");
    }

    @Test
    void partitionsMayInheritTheirTablesColumns() throws Exception {
        put("sales/day=1/a.jsonl", "{\"id\": 1, \"a\": 1, \"b\": 1}\n");
        put("sales/day=2/a.jsonl", "{\"id\": 1, \"a\": 1, \"b\": 1, \"c\": true}\n");

        crawl(
                "s3://crawled/sales",
                crawler -> crawler.configuration(
                        "{\"Version\":1.0,\"CrawlerOutput\":{\"Partitions\":{\"AddOrUpdateBehavior\":\"InheritFromTable\"}}}"));

        assertThat(partitions("sales"))
                .allSatisfy(
                        partition -> assertThat(partition.storageDescriptor().columns())
                                .isEqualTo(table("sales").storageDescriptor().columns()));
    }

    @Test
    void whatIsGoneIsDeprecatedDeletedOrLeft() throws Exception {
        put("a/day=1/x.jsonl", "{\"id\": 1}\n");
        put("a/day=2/x.jsonl", "{\"id\": 1}\n");
        crawl("s3://crawled/a", crawler -> {});
        create(
                "d",
                "s3://crawled/a",
                crawler -> crawler.tablePrefix("d_")
                        .schemaChangePolicy(policy -> policy.deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE)));
        start("d");
        delete("a/day=2/x.jsonl");
        start("c");
        start("d");
        assertThat(partitions("a")).hasSize(2);
        assertThat(partitions("d_a")).hasSize(1);

        delete("a/day=1/x.jsonl");
        start("c");
        start("d");

        assertThat(tables()).extracting(Table::name).containsExactly("a");
        assertThat(table("a").parameters()).containsKey("DEPRECATED_BY_CRAWLER");
        put("a/day=1/x.jsonl", "{\"id\": 1}\n");
        start("c");
        assertThat(table("a").parameters()).doesNotContainKey("DEPRECATED_BY_CRAWLER");
    }

    @Test
    void moreThanAHundredPartitionsAreKeptAndGoOneByOne() throws Exception {
        for (int i = 0; i < 120; i++) {
            put("many/n=" + i + "/a.jsonl", "{\"id\": 1}\n");
        }
        crawl(
                "s3://crawled/many",
                crawler -> crawler.schemaChangePolicy(
                        policy -> policy.deleteBehavior(DeleteBehavior.DELETE_FROM_DATABASE)));
        assertThat(partitions("many")).hasSize(120);

        delete("many/n=7/a.jsonl");
        put("many/n=110/a.jsonl", "{\"id\": 1}\n{\"id\": 2}\n");
        start("c");

        assertThat(partitions("many"))
                .hasSize(119)
                .noneMatch(one -> one.values().equals(List.of("7")));
        assertThat(client().getPartition(get ->
                                get.databaseName("found").tableName("many").partitionValues("110"))
                        .partition()
                        .parameters())
                .containsEntry("recordCount", "2");
    }

    @Test
    void aTableOfOtherPartitionKeysIsNotTouched() throws Exception {
        put("sales/year=2026/a.jsonl", "{\"id\": 1}\n");
        crawl("s3://crawled/sales", crawler -> {});
        Table before = table("sales");
        delete("sales/year=2026/a.jsonl");
        put("sales/day=1/a.jsonl", "{\"id\": 1}\n");

        client().startCrawler(start -> start.name("c"));

        assertThat(awaitReady("c").lastCrawl()).satisfies(last -> {
            assertThat(last.status()).isEqualTo(LastCrawlStatus.FAILED);
            assertThat(last.errorMessage()).contains("[year]").contains("[day]");
        });
        assertThat(table("sales")).isEqualTo(before);
    }

    @Test
    void aCrawlThatCannotBeDoneHasFailedAndSaysWhy() throws Exception {
        create("nowhere", "s3://no-such-bucket/x", crawler -> {});
        create("homeless", "s3://crawled/x", crawler -> crawler.databaseName("none"));

        client().startCrawler(start -> start.name("nowhere"));
        client().startCrawler(start -> start.name("homeless"));

        assertThat(awaitReady("nowhere").lastCrawl()).satisfies(last -> {
            assertThat(last.status()).isEqualTo(LastCrawlStatus.FAILED);
            assertThat(last.errorMessage()).contains("s3://no-such-bucket/x");
        });
        assertThat(awaitReady("homeless").lastCrawl()).satisfies(last -> {
            assertThat(last.status()).isEqualTo(LastCrawlStatus.FAILED);
            assertThat(last.errorMessage()).contains("Database none not found");
        });
    }

    @Test
    void aCrawlAtWorkIsNotStartedTwiceAndEndsWhenItIsStopped() throws Exception {
        for (int i = 0; i < 200; i++) {
            put("lake/slow-" + i + ".jsonl", "{\"id\": 1}\n");
        }
        create("c", "s3://crawled/lake", crawler -> {});
        assertThatThrownBy(() -> client().stopCrawler(stop -> stop.name("c")))
                .isInstanceOf(CrawlerNotRunningException.class);

        client().startCrawler(start -> start.name("c"));

        assertThat(crawler("c").state()).isEqualTo(CrawlerState.RUNNING);
        assertThat(crawler("c").crawlElapsedTime()).isNotNegative();
        assertThatThrownBy(() -> client().startCrawler(start -> start.name("c")))
                .isInstanceOf(CrawlerRunningException.class);
        assertThatThrownBy(() -> client().deleteCrawler(delete -> delete.name("c")))
                .isInstanceOf(CrawlerRunningException.class);
        assertThatThrownBy(
                        () -> client().updateCrawler(update -> update.name("c").description("x")))
                .isInstanceOf(CrawlerRunningException.class);
        client().stopCrawler(stop -> stop.name("c"));
        Crawler ended = awaitReady("c");
        assertThat(ended.lastCrawl().status()).isEqualTo(LastCrawlStatus.CANCELLED);
        assertThat(tables()).isEmpty();
    }

    @Test
    void aCrawlerComesBackWithTheDefaultsAwsGives() {
        create("c", "s3://crawled/lake", crawler -> crawler.description("finds").tags(Map.of("team", "data")));

        Crawler crawler = crawler("c");

        assertThat(crawler.state()).isEqualTo(CrawlerState.READY);
        assertThat(crawler.role()).isEqualTo("glue");
        assertThat(crawler.databaseName()).isEqualTo("found");
        assertThat(crawler.description()).isEqualTo("finds");
        assertThat(crawler.targets().s3Targets()).extracting(S3Target::path).containsExactly("s3://crawled/lake");
        assertThat(crawler.schemaChangePolicy().updateBehaviorAsString()).isEqualTo("UPDATE_IN_DATABASE");
        assertThat(crawler.schemaChangePolicy().deleteBehaviorAsString()).isEqualTo("DEPRECATE_IN_DATABASE");
        assertThat(crawler.recrawlPolicy().recrawlBehaviorAsString()).isEqualTo("CRAWL_EVERYTHING");
        assertThat(crawler.lineageConfiguration().crawlerLineageSettingsAsString())
                .isEqualTo("DISABLE");
        assertThat(crawler.version()).isEqualTo(1);
        assertThat(crawler.creationTime()).isNotNull();
        assertThat(crawler.lastCrawl()).isNull();
        assertThat(client().getTags(get -> get.resourceArn("arn:aws:glue:us-east-1:000000000000:crawler/c"))
                        .tags())
                .isEqualTo(Map.of("team", "data"));
    }

    @Test
    void anUpdateChangesWhatItSays() {
        create("c", "s3://crawled/lake", crawler -> crawler.description("old").tablePrefix("p_"));

        client().updateCrawler(update -> update.name("c")
                .description("new")
                .targets(targets -> targets.s3Targets(target -> target.path("s3://crawled/other"))));

        Crawler crawler = crawler("c");
        assertThat(crawler.description()).isEqualTo("new");
        assertThat(crawler.tablePrefix()).isEqualTo("p_");
        assertThat(crawler.targets().s3Targets()).extracting(S3Target::path).containsExactly("s3://crawled/other");
        assertThat(crawler.version()).isEqualTo(2);
    }

    @Test
    void crawlersAreListedInPages() {
        for (String name : List.of("c", "a", "b")) {
            create(name, "s3://crawled/" + name, crawler -> crawler.tags(Map.of("of", name)));
        }

        var first = client().getCrawlers(get -> get.maxResults(2));
        var second = client().getCrawlers(get -> get.maxResults(2).nextToken(first.nextToken()));

        assertThat(first.crawlers()).extracting(Crawler::name).containsExactly("a", "b");
        assertThat(second.crawlers()).extracting(Crawler::name).containsExactly("c");
        assertThat(second.nextToken()).isNull();
        assertThat(client().listCrawlers(list -> {}).crawlerNames()).containsExactly("a", "b", "c");
        assertThat(client().listCrawlers(list -> list.tags(Map.of("of", "b"))).crawlerNames())
                .containsExactly("b");
        var batch = client().batchGetCrawlers(get -> get.crawlerNames("b", "none"));
        assertThat(batch.crawlers()).extracting(Crawler::name).containsExactly("b");
        assertThat(batch.crawlersNotFound()).containsExactly("none");
        client().deleteCrawler(delete -> delete.name("b"));
        assertThatThrownBy(() -> crawler("b")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client().deleteCrawler(delete -> delete.name("b")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> create("a", "s3://crawled/a", crawler -> {}))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void whatCannotBeCrawledIsRefusedByName() {
        refused("Schedule", crawler -> crawler.schedule("cron(0 12 * * ? *)"));
        refused("Classifiers", crawler -> crawler.classifiers("mine"));
        refused(
                "Targets.JdbcTargets",
                crawler -> crawler.targets(targets ->
                        targets.jdbcTargets(target -> target.connectionName("c").path("db/%"))));
        refused(
                "Targets.DynamoDBTargets",
                crawler -> crawler.targets(targets -> targets.dynamoDBTargets(target -> target.path("t"))));
        refused(
                "Targets.S3Targets.ConnectionName",
                crawler -> crawler.targets(targets -> targets.s3Targets(
                        target -> target.path("s3://crawled/x").connectionName("vpc"))));
        refused(
                "LineageConfiguration ENABLE",
                crawler -> crawler.lineageConfiguration(lineage -> lineage.crawlerLineageSettings("ENABLE")));
        refused(
                "LakeFormationConfiguration",
                crawler -> crawler.lakeFormationConfiguration(lake -> lake.useLakeFormationCredentials(true)));
        refused(
                "CRAWL_NEW_FOLDERS_ONLY",
                crawler -> crawler.recrawlPolicy(policy -> policy.recrawlBehavior("CRAWL_NEW_FOLDERS_ONLY")));
        refused("CrawlerSecurityConfiguration", crawler -> crawler.crawlerSecurityConfiguration("s"));
        refused(
                "Configuration.Grouping.TableLevelConfiguration",
                crawler -> crawler.configuration("{\"Version\":1.0,\"Grouping\":{\"TableLevelConfiguration\":2}}"));
        refused("Configuration.Version", crawler -> crawler.configuration("{\"Version\":2.0}"));
        refused("Configuration is not JSON", crawler -> crawler.configuration("{"));
        refused(
                "s3://bucket/folder",
                crawler -> crawler.targets(targets -> targets.s3Targets(target -> target.path("/tmp"))));
        refused(
                "SampleSize",
                crawler -> crawler.targets(targets -> targets.s3Targets(
                        target -> target.path("s3://crawled/x").sampleSize(250))));
        refused(
                "a bracket is not closed",
                crawler -> crawler.targets(targets -> targets.s3Targets(
                        target -> target.path("s3://crawled/x").exclusions("a[b"))));
        refused("Targets", crawler -> crawler.targets(targets -> {}));
        refused("Role", crawler -> crawler.role(null));
        refused("DatabaseName", crawler -> crawler.databaseName(null));
        refused("UpdateBehavior", crawler -> crawler.schemaChangePolicy(policy -> policy.updateBehavior("NEVER")));
    }

    private void refused(String why, Consumer<CreateCrawlerRequest.Builder> more) {
        ThrowingCallable call = () -> create("refused", "s3://crawled/x", more);
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(why);
    }

    private void crawl(String path, Consumer<CreateCrawlerRequest.Builder> more) throws InterruptedException {
        create("c", path, more);
        start("c");
    }

    private void crawl(S3Target target) throws InterruptedException {
        create("c", "", crawler -> crawler.targets(targets -> targets.s3Targets(target)));
        start("c");
    }

    protected void create(String name, String path, Consumer<CreateCrawlerRequest.Builder> more) {
        client().createCrawler(create -> {
            create.name(name)
                    .role("glue")
                    .databaseName("found")
                    .targets(targets -> targets.s3Targets(target -> target.path(path)));
            more.accept(create);
        });
    }

    /// Crawls to the end, which is a success.
    protected void start(String name) throws InterruptedException {
        client().startCrawler(start -> start.name(name));
        Crawler ended = awaitReady(name);
        assertThat(ended.lastCrawl().status())
                .as(ended.lastCrawl().errorMessage())
                .isEqualTo(LastCrawlStatus.SUCCEEDED);
    }

    private Crawler awaitReady(String name) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            Crawler crawler = crawler(name);
            if (crawler.state() == CrawlerState.READY) {
                return crawler;
            }
            assertThat(Instant.now()).as(crawler.toString()).isBefore(deadline);
            Thread.sleep(5); // Glue tells nobody when a crawl ends
        }
    }

    private Crawler crawler(String name) {
        return client().getCrawler(get -> get.name(name)).crawler();
    }

    private Table table(String name) {
        return client().getTable(get -> get.databaseName("found").name(name)).table();
    }

    private List<Table> tables() {
        return client().getTables(get -> get.databaseName("found")).tableList();
    }

    private List<Partition> partitions(String table) {
        return client().getPartitions(get -> get.databaseName("found").tableName(table))
                .partitions();
    }

    private static List<String> columns(Table table) {
        return table.storageDescriptor().columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    private void put(String key, String text) {
        s3().putObject(put -> put.bucket("crawled").key(key), RequestBody.fromString(text));
    }

    private void delete(String key) {
        s3().deleteObject(delete -> delete.bucket("crawled").key(key));
    }
}
