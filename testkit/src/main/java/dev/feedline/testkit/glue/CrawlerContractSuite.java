package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.glue.model.S3Target;

/// What Glue's crawlers owe their callers, of those over S3: how they are kept, started and stopped, and refused.
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html
///
/// The service under test takes its time (50 ms) over each object whose key contains `slow`.
public abstract class CrawlerContractSuite extends CrawlerSuite {
    @Test
    void aCrawlThatCannotBeDoneHasFailedAndSaysWhy() throws Exception {
        create("nowhere", "s3://no-such-bucket/x", crawler -> {});
        create("homeless", "s3://no-such-bucket/x", crawler -> crawler.databaseName("none"));

        client().startCrawler(start -> start.name("nowhere"));
        client().startCrawler(start -> start.name("homeless"));

        assertThat(awaitReady("nowhere").lastCrawl()).satisfies(last -> {
            assertThat(last.status()).isEqualTo(LastCrawlStatus.FAILED);
            assertThat(last.errorMessage()).contains("s3://no-such-bucket/x");
        });
        assertThat(awaitReady("homeless").lastCrawl()).satisfies(last -> {
            assertThat(last.status()).isEqualTo(LastCrawlStatus.FAILED);
            assertThat(last.errorMessage()).isEqualTo("Database none not found."); // looked for first
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
}
