package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

/// What a later crawl does to what is there, and to what is gone:
/// https://docs.aws.amazon.com/glue/latest/dg/crawler-schema-changes-prevent.html
public abstract class RecrawlContractSuite extends CrawlerSuite {
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
    void newColumnsOfCsvAreThoseFartherBehind() throws Exception {
        put("csv/a.csv", "1,2\n3,4\n");
        create(
                "m",
                "s3://crawled/csv",
                crawler -> crawler.configuration(
                        "{\"Version\":1.0,\"CrawlerOutput\":{\"Tables\":{\"AddOrUpdateBehavior\":\"MergeNewColumns\"}}}"));
        start("m");
        Table before = table("csv");
        assertThat(columns(before)).containsExactly("col0 bigint", "col1 bigint");
        client().updateTable(update -> update.databaseName("found")
                .tableInput(input -> input.name("csv")
                        .tableType(before.tableType())
                        .parameters(before.parameters())
                        .storageDescriptor(before.storageDescriptor().toBuilder()
                                .columns(
                                        column -> column.name("id").type("bigint"),
                                        column -> column.name("col2").type("bigint"))
                                .build())));

        put("csv/a.csv", "1,2,x,y\n3,4,x,y\n");
        start("m");

        assertThat(columns(table("csv"))).containsExactly("id bigint", "col2 bigint", "col2_ string", "col3 string");
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
}
