package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.s3.S3Client;

/// What the suites of crawlers have in common: a bucket, a database, and the way of a crawl to its end.
///
/// The service under test has no crawlers and no databases, and reads from the S3 of [#s3], where there is no bucket
/// `crawled` yet.
abstract class CrawlerSuite {
    protected abstract GlueClient client();

    protected abstract S3Client s3();

    @BeforeEach
    void createBucketAndDatabase() {
        s3().createBucket(create -> create.bucket("crawled"));
        client().createDatabase(create -> create.databaseInput(input -> input.name("found")));
    }

    protected void crawl(String path, Consumer<CreateCrawlerRequest.Builder> more) throws InterruptedException {
        create("c", path, more);
        start("c");
    }

    protected void crawl(S3Target target) throws InterruptedException {
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

    protected Crawler awaitReady(String name) throws InterruptedException {
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

    protected Crawler crawler(String name) {
        return client().getCrawler(get -> get.name(name)).crawler();
    }

    protected Table table(String name) {
        return client().getTable(get -> get.databaseName("found").name(name)).table();
    }

    protected List<Table> tables() {
        return client().getTables(get -> get.databaseName("found")).tableList();
    }

    protected List<Partition> partitions(String table) {
        return client().getPartitionsPaginator(get -> get.databaseName("found").tableName(table)).stream()
                .map(GetPartitionsResponse::partitions)
                .flatMap(List::stream)
                .toList();
    }

    protected static List<String> columns(Table table) {
        return table.storageDescriptor().columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    protected void put(String key, String text) {
        s3().putObject(put -> put.bucket("crawled").key(key), RequestBody.fromString(text));
    }

    protected void delete(String key) {
        s3().deleteObject(delete -> delete.bucket("crawled").key(key));
    }
}
