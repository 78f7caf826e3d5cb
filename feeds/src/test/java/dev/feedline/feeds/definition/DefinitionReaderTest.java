package dev.feedline.feeds.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.feeds.CsvSettings;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.rows.SchemaPolicy.OnMismatch;
import dev.feedline.rows.SchemaPolicy.OnNewColumn;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionReaderTest {
    @Test
    void aFeedWithNothingBehindItsNameHasTheDefaults() {
        Definition definition = DefinitionReader.parse("f.yaml", "feeds:\n  orders:\n  events: {}\n");
        assertThat(definition.feeds()).containsOnlyKeys("orders", "events");
        assertThat(definition.feeds().get("orders")).isEqualTo(Feed.named("orders", StorageChoice.EMBEDDED));
    }

    @Test
    void everyDefaultIsAsTheDesignSays() {
        Feed feed = Feed.named("orders", StorageChoice.EMBEDDED);
        assertThat(feed.settings().format()).isEqualTo(FeedSettings.Format.AUTO);
        assertThat(feed.settings().policy().onNewColumn()).isEqualTo(OnNewColumn.ADD);
        assertThat(feed.settings().policy().onMismatch()).isEqualTo(OnMismatch.QUARANTINE);
        assertThat(feed.settings().hasLimits()).isFalse();
        assertThat(feed.settings().onReupload()).isEqualTo(FeedSettings.OnReupload.SKIP_SAME_CONTENT);
        assertThat(feed.bufferSize().mebibytes()).isEqualTo(64);
        assertThat(feed.bufferInterval()).isEqualTo(Duration.ZERO);
        assertThat(feed.shards()).isEqualTo(2);
        assertThat(feed.convert()).isEqualTo(ConvertChoice.NATIVE);
        assertThat(feed.keepLanding()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void whatIsWrittenIsTaken() {
        Definition definition = DefinitionReader.parse("f.yaml", """
                feeds:
                  orders:
                    format: jsonl
                    schema: { on-new-column: freeze, columns: { id: bigint, amount: "decimal(12,2)" } }
                    quarantine: { max-rows: 10, max-percent: 0.5 }
                    on-reupload: load
                    buffer: { size: 5MiB, interval: 60s }
                    stream: { shards: 4 }
                    keep: { landing: 30d }
                services: { s3: embedded }
                warehouse: { type: duckdb }
                """);
        Feed feed = definition.feeds().get("orders");
        assertThat(feed.columns()).containsEntry("amount", new Type.Decimal(12, 2));
        assertThat(feed.columns().keySet()).containsExactly("id", "amount");
        assertThat(feed.settings().maxBadRows()).isEqualTo(10);
        assertThat(feed.settings().maxBadPercent()).isEqualTo(0.5);
        assertThat(feed.bufferInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(feed.keepLanding()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void aFeedSaysOnWhatItIsConverted() {
        Definition definition = DefinitionReader.parse("f.yaml", """
                feeds:
                  a: {}
                  b: { convert: { engine: spark } }
                  c: { convert: { engine: spark, master: "spark://there:7077", conf: { spark.executor.memory: 4g } } }
                  d: { convert: { engine: spark, conf: { spark.executor.memory: 4g, spark.master.x: y } } }
                  e: { convert: { engine: spark, master: "spark://there:7077", conf: { spark.executor.memory: 4g } } }
                  f: { convert: { engine: spark, master: "k8s://there", conf: { spark.kubernetes.container.image: i } } }
                """);
        List<ConvertChoice> choices =
                definition.feeds().values().stream().map(Feed::convert).toList();
        assertThat(choices.get(0)).isEqualTo(ConvertChoice.NATIVE);
        assertThat(choices.get(0).job()).isEqualTo("feedline-json-to-parquet");
        assertThat(choices.get(1)).isEqualTo(ConvertChoice.spark());
        assertThat(choices.get(1).job()).isEqualTo("feedline-json-to-parquet-spark");
        assertThat(choices.get(2))
                .isInstanceOfSatisfying(
                        ConvertChoice.Spark.class,
                        spark -> assertThat(spark.argument())
                                .isEqualTo("spark.executor.memory=4g --conf spark.master=spark://there:7077"));
        assertThat(choices.get(2).job()).matches("feedline-json-to-parquet-spark-[0-9a-f]{8}");
        assertThat(choices.get(3).job()).isNotEqualTo(choices.get(2).job());
        assertThat(choices.get(4)).isEqualTo(choices.get(2));
        assertThat(choices.get(5))
                .isInstanceOfSatisfying(
                        ConvertChoice.Spark.class,
                        spark -> assertThat(spark.argument())
                                .isEqualTo("spark.kubernetes.container.image=i --conf spark.master=k8s://there"));
    }

    @Test
    void whatSparkCannotBeToldIsRefusedWithItsPlace() {
        refused("engine: flink", "'flink' is not supported; use native, spark");
        refused("master: local", "its engine is native");
        refused("engine: spark, master: \"mesos://x\"", "'mesos://x' is no master that Feedline runs Spark on");
        refused("engine: spark, master: yarn-cluster", "spark://HOST:PORT, yarn or k8s://https://HOST:PORT");
        refused("engine: spark, master: \"k8s://x\"", "conf: {spark.kubernetes.container.image: …}");
        refused("engine: spark, conf: { executor.memory: 1g }", "'executor.memory' is no property of Spark");
        refused("engine: spark, conf: { spark.master: local }", "has a key of its own");
        refused("engine: spark, maste: local", "did you mean 'master'?");
    }

    private static void refused(String convert, String words) {
        assertThatThrownBy(
                        () -> DefinitionReader.parse("f.yaml", "feeds:\n  orders:\n    convert: { " + convert + " }\n"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("f.yaml:3:")
                .hasMessageContaining(words);
    }

    @Test
    void anUnknownKeyIsNamedWithItsLineAndTheNearestKnownOne() {
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "feeds:\n  orders:\n    bufer: {}\n"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("f.yaml:3:5: unknown key 'bufer' of feeds.orders; did you mean 'buffer'?");
    }

    @Test
    void whatIsNotSupportedYetIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "feeds:\n  orders:\n    format: xml\n"))
                .hasMessage(
                        "f.yaml:3:13: feeds.orders.format: 'xml' is not supported; use auto, csv, json, jsonl, tsv");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "services: { kinesis: aws }\n"))
                .hasMessage("f.yaml:1:22: services.kinesis: 'aws' is not supported; use embedded");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "services: { s3: minio }\n"))
                .hasMessage("f.yaml:1:17: services.s3: 'minio' is not supported; use aws, embedded");
    }

    @Test
    void deliveriesComeAtOnceAndAtAwsEveryMinuteUnlessTheFeedSaysOtherwise() {
        String feeds = "feeds:\n  a: {}\n  b: { buffer: { interval: 0s } }\n  c: { buffer: { interval: 30s } }\n";
        assertThat(intervals(feeds)).containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));
        assertThat(intervals(feeds + "services: { s3: aws, sqs: aws }\n"))
                .containsExactly(Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30));
    }

    private static List<Duration> intervals(String yaml) {
        return DefinitionReader.parse("f.yaml", yaml).feeds().values().stream()
                .map(Feed::bufferInterval)
                .toList();
    }

    @Test
    void csvIsReadAsDeclaredAndItsDefaultsAreAsTheDesignSays() {
        Feed standard = Feed.named("prices", StorageChoice.EMBEDDED);
        assertThat(standard.settings().csv())
                .isEqualTo(new CsvSettings("auto", "auto", "none", true, List.of(), List.of("")));
        assertThat(standard.settings().encoding()).isEqualTo(TextEncoding.UTF_8);
        Feed feed = DefinitionReader.parse("f.yaml", """
                        feeds:
                          prices:
                            format: csv
                            encoding: windows-1252
                            csv: { delimiter: ";", quote: "'", escape: '\\', header: false, columns: [a, b], null: ["", NULL] }
                        """).feeds().get("prices");
        assertThat(feed.settings().csv())
                .isEqualTo(new CsvSettings(";", "'", "\\", false, List.of("a", "b"), List.of("", "NULL")));
        assertThat(feed.settings().encoding()).isEqualTo(TextEncoding.WINDOWS_1252);
    }

    @Test
    void whatCsvCannotBeIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> csv("{ delimter: tab }"))
                .hasMessage("f.yaml:3:12: unknown key 'delimter' of feeds.a.csv; did you mean 'delimiter'?");
        assertThatThrownBy(() -> csv("{ delimiter: comma }"))
                .hasMessage("f.yaml:3:23: feeds.a.csv.delimiter: 'comma' is not supported;"
                        + " use auto, tab or one ASCII character");
        assertThatThrownBy(() -> csv("{ header: yes }"))
                .hasMessage("f.yaml:3:20: feeds.a.csv.header: 'yes' is not supported; use false, true");
        assertThatThrownBy(() -> csv("{ columns: [a, A] }"))
                .hasMessageContaining("csv columns must have names that differ in more than case: a, A");
        assertThatThrownBy(() -> csv("{ delimiter: '|', quote: '|' }"))
                .hasMessageContaining("a quote is one ASCII character other than the delimiter");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "feeds:\n  a:\n    encoding: utf8\n"))
                .hasMessageEndingWith("did you mean 'utf-8'?");
    }

    @Test
    void everyErrorIsFoundAndEachHasItsPlace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), """
                feeds:
                  orders:
                    formt: csv
                    quarantine: { max-rows: many }
                    buffer: { size: 1000MiB }
                  Bad-Name: {}
                  prices:
                    format: tsv
                    schema: { columns: { tags: array<string>, id: bigit } }
                servces: {}
                """);
        assertThat(DefinitionReader.check(file).problems())
                .containsExactlyInAnyOrder(
                        file + ":3:5: unknown key 'formt' of feeds.orders; did you mean 'format'?",
                        file + ":4:29: feeds.orders.quarantine.max-rows: 'many' is no number that can stand here",
                        file + ":2:3: feed orders: buffer size must be 1MiB to 128MiB",
                        file + ":6:3: feed Bad-Name: 'Bad-Name' is no feed name: use a lower-case letter, then"
                                + " lower-case letters, digits and _ (at most 40)",
                        file + ":9:51: feeds.prices.schema.columns.id: unknown type 'bigit' in \"bigit\": use boolean,"
                                + " bigint, double, decimal(p,s), string, date, timestamp, struct<…> or array<…>",
                        file + ":7:3: feed prices: column 'tags' cannot be array<string> in a feed of cells;"
                                + " declare it string",
                        file + ":10:1: unknown key 'servces'; did you mean 'services'?");
        Files.writeString(file, "feeds: [");
        assertThat(DefinitionReader.check(file).problems()).hasSize(1);
    }

    private static Definition csv(String map) {
        return DefinitionReader.parse("f.yaml", "feeds:\n  a:\n    csv: " + map + "\n");
    }

    @Test
    void aBadTypeASecondKeyAndABadNameAreRefused() {
        assertThatThrownBy(() ->
                        DefinitionReader.parse("f.yaml", "feeds:\n  orders:\n    schema: { columns: { id: bigit } }\n"))
                .hasMessageContaining("f.yaml:3:30")
                .hasMessageContaining("unknown type 'bigit'");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "feeds:\n  a:\n  a:\n"))
                .hasMessageContaining("'a' stands here twice");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "feeds:\n  Orders-EU:\n"))
                .hasMessageContaining("f.yaml:2:3: feed Orders-EU: 'Orders-EU' is no feed name");
    }

    @Test
    void declaredColumnsMayNotClashInTheTable() {
        assertThatThrownBy(() ->
                        DefinitionReader.parse("f.yaml", "feeds:\n  a:\n    schema: { columns: { _row: bigint } }\n"))
                .hasMessage("f.yaml:2:3: feed a: column '_row' is one that Feedline adds itself");
        assertThatThrownBy(() -> DefinitionReader.parse(
                        "f.yaml", "feeds:\n  a:\n    schema: { columns: { id: bigint, ID: bigint } }\n"))
                .hasMessage("f.yaml:2:3: feed a: columns 'id' and 'ID' differ only in case");
    }

    @Test
    void anEmptyFileDefinesNothing() {
        assertThat(DefinitionReader.parse("f.yaml", "# nothing yet\n")).isEqualTo(Definition.EMPTY);
    }

    @Test
    void theWarehouseIsTheEmbeddedOneUnlessAnAccountIsNamed() {
        assertThat(DefinitionReader.parse("f.yaml", "").warehouse()).isEqualTo(new WarehouseChoice.Embedded());
        assertThat(DefinitionReader.parse("/etc/feedline/f.yaml", """
                        warehouse:
                          type: snowflake
                          host: 127.0.0.1
                          port: 4567
                          ssl: off
                          user: FEEDLINE
                          password: ${env:SNOWFLAKE_PASSWORD}
                          role: LOADER
                          warehouse: SMALL
                          database: FEEDLINE
                          storage-integration: LAKE
                          driver: lib/snowflake-jdbc.jar
                        """).warehouse())
                .isEqualTo(new WarehouseChoice.Account(
                        "FEEDLINE",
                        "127.0.0.1",
                        4567,
                        false,
                        "FEEDLINE",
                        new WarehouseChoice.Password(new Secret.OfEnvironment("SNOWFLAKE_PASSWORD")),
                        Optional.of("LOADER"),
                        Optional.of("SMALL"),
                        Optional.of("LAKE"),
                        Optional.of(Path.of("/etc/feedline/lib/snowflake-jdbc.jar"))));
        WarehouseChoice.Account withKey = (WarehouseChoice.Account) DefinitionReader.parse(
                        "/etc/feedline/f.yaml",
                        "warehouse: { type: snowflake, host: there, user: U, private-key: '${file:key.p8}',"
                                + " private-key-passphrase: '${env:P}' }")
                .warehouse();
        assertThat(withKey.login())
                .isEqualTo(new WarehouseChoice.KeyPair(
                        new Secret.OfFile(Path.of("/etc/feedline/key.p8")),
                        Optional.of(new Secret.OfEnvironment("P"))));
        assertThat(withKey.place()).isEqualTo("there:443");
        assertThat(withKey.ssl()).isTrue();
    }

    @Test
    void aSecretInTheDefinitionIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> warehouse("host: there, user: U, password: hunter2"))
                .hasMessage("f.yaml:1:63: warehouse.password: a secret does not stand here; say where it is:"
                        + " ${env:NAME} or ${file:PATH}");
    }

    @Test
    void whatAnAccountNeedsOrCannotHaveIsSaid() {
        assertThatThrownBy(() -> warehouse("user: U, password: '${env:P}'"))
                .hasMessageEndingWith("a Snowflake account needs 'account', or 'host' for another Feedline");
        assertThatThrownBy(() -> warehouse("host: there, password: '${env:P}'"))
                .hasMessageEndingWith("a Snowflake account needs 'user'");
        assertThatThrownBy(() -> warehouse("host: there, user: U"))
                .hasMessageEndingWith("a Snowflake account needs either 'password' or 'private-key'");
        assertThatThrownBy(() -> warehouse("host: there, user: U, password: '${env:P}', private-key: '${env:K}'"))
                .hasMessageEndingWith("a Snowflake account needs either 'password' or 'private-key'");
        assertThatThrownBy(() -> warehouse("host: there, user: U, password: '${env:P}', database: SALES"))
                .hasMessageContaining("warehouse.database: 'SALES' is not supported; use FEEDLINE");
        assertThatThrownBy(() -> warehouse("account: 'x y', user: U, password: '${env:P}'"))
                .hasMessageContaining("warehouse.account: 'x y' is not an account's identifier");
        assertThatThrownBy(() -> warehouse("host: there, user: U, password: '${env:P}', schemas: RAW"))
                .hasMessageContaining("unknown key 'schemas' of warehouse");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "warehouse: { type: duckdb, host: there }"))
                .hasMessageContaining("unknown key 'host' of warehouse");
    }

    @Test
    void anAccountOfSnowflakeCannotLoadFromThisMachineAndThatIsSaidBeforeAnythingIsSent() {
        assertThatThrownBy(() -> warehouse("account: myorg-orders, user: U, password: '${env:P}'"))
                .hasMessage("f.yaml:1:31: warehouse: the account myorg-orders can only load from AWS's S3, and"
                        + " services.s3 is embedded; the pipeline's lake on this machine is out of its reach. Write"
                        + " services: {s3: aws, sqs: aws}, name another Feedline (host, port, ssl: off), or leave out"
                        + " 'warehouse' for the embedded one");
    }

    @Test
    void withAwsStorageAnAccountOfSnowflakeIsAcceptedAndItsIntegrationIsNamed() {
        String aws = "services: { s3: aws, sqs: aws }\nwarehouse: { type: snowflake, account: myorg-orders, user: U,"
                + " password: '${env:P}'";
        Definition definition = DefinitionReader.parse("f.yaml", aws + ", storage-integration: LAKE }\n");
        assertThat(definition.storage()).isEqualTo(StorageChoice.AWS);
        assertThat(((WarehouseChoice.Account) definition.warehouse()).place())
                .isEqualTo("myorg-orders.snowflakecomputing.com:443");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", aws + " }\n"))
                .hasMessageStartingWith("f.yaml:2:31: warehouse: the account myorg-orders reads the pipeline's buckets"
                        + " through a storage integration; name it: storage-integration: NAME");
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", aws + ", storage-integration: LAKE, ssl: off }\n"))
                .hasMessageContaining("Snowflake answers by TLS only");
    }

    @Test
    void s3AndSqsAreOfOneHouse() {
        assertThat(DefinitionReader.parse("f.yaml", "services: { s3: embedded, sqs: embedded }\n")
                        .storage())
                .isEqualTo(StorageChoice.EMBEDDED);
        for (String half : List.of("services: { s3: aws }\n", "services: { sqs: embedded, s3: aws }\n")) {
            assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", half))
                    .hasMessageMatching("f.yaml:1:\\d+: services: s3 and sqs go together, because AWS's buckets tell"
                            + " AWS's queues only; write s3: aws and sqs: aws, or leave both out");
        }
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", "services:\n  sqs: aws\n"))
                .hasMessageStartingWith("f.yaml:2:3: services: s3 and sqs go together");
    }

    @Test
    void sparkReachesOnlyFeedlinesOwnS3() {
        assertThatThrownBy(() -> DefinitionReader.parse("f.yaml", """
                        services: { s3: aws, sqs: aws }
                        feeds:
                          orders: { convert: { engine: spark } }
                        """))
                .hasMessage("f.yaml:3:3: feed orders: engine spark reads and writes Feedline's own S3, and services.s3"
                        + " is aws; write engine: native, or leave services out");
    }

    private static Definition warehouse(String keys) {
        return DefinitionReader.parse("f.yaml", "warehouse: { type: snowflake, " + keys + " }\n");
    }
}
