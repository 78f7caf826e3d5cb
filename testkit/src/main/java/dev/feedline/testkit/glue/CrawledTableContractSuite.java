package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.Table;

/// Which tables and partitions a first crawl makes of what stands below its paths:
/// https://docs.aws.amazon.com/glue/latest/dg/crawler-s3-folder-table-partition.html
public abstract class CrawledTableContractSuite extends CrawlerSuite {
    private static final String JSON = """
            {"id": 1, "Name": "a", "price": 1.50, "tags": ["x"], "at": {"city": "Bonn", "zip": 53111}}
            {"id": 2, "Name": "b", "price": 2.25, "tags": [], "at": {"city": "Ulm"}, "new": true}
            """;

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
}
