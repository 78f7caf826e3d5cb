package dev.feedline.feeds.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.FeedTable;
import dev.feedline.rows.Schema;
import dev.feedline.testkit.InMemoryGlue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/// Buckets at AWS, in an account and a region that are not those of the embedded services.
class BucketSetupTest {
    private static final String ACCOUNT = "111122223333";
    private static final String REGION = "eu-central-1";
    private static final String BUCKET = "feedline-111122223333-eu-central-1-landing";
    private static final QueueConfiguration OURS =
            BucketSetup.queue("convert", "arn:aws:sqs:eu-central-1:111122223333:feedline-convert", "data/");

    private final AccountS3 s3 = new AccountS3(ACCOUNT, REGION);
    private final List<Duration> pauses = new ArrayList<>();
    private final BucketSetup setup = new BucketSetup(s3, pauses::add);

    @Test
    void aBucketIsMadeInTheRegionAndFoundThereTheNextTime() {
        setup.create(BUCKET, ACCOUNT, REGION);
        setup.create(BUCKET, ACCOUNT, REGION);
        assertThat(s3.owners).containsOnlyKeys(BUCKET).containsEntry(BUCKET, ACCOUNT);
        AccountS3 virginia = new AccountS3(ACCOUNT, "us-east-1");
        new BucketSetup(virginia, pauses::add).create("b", ACCOUNT, "us-east-1");
        assertThat(virginia.owners).containsOnlyKeys("b");
    }

    @Test
    void aBucketOfAnotherAccountIsNamedAndLeftAlone() {
        s3.owners.put(BUCKET, "999999999999");
        assertThatThrownBy(() -> setup.create(BUCKET, ACCOUNT, REGION))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "The bucket " + BUCKET + " cannot be used: it belongs to another account than " + ACCOUNT);
        s3.unseen.add(BUCKET);
        assertThatThrownBy(() -> setup.create(BUCKET, ACCOUNT, REGION))
                .as("it came between the look and the creation")
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The bucket " + BUCKET + " cannot be used");
        assertThat(s3.owners).containsEntry(BUCKET, "999999999999");
    }

    @Test
    void aBucketThatSomebodyElseOfTheAccountHasJustMadeWillDo() {
        s3.owners.put(BUCKET, ACCOUNT);
        s3.unseen.add(BUCKET);
        setup.create(BUCKET, ACCOUNT, REGION);
        assertThat(s3.owners).containsEntry(BUCKET, ACCOUNT);
    }

    @Test
    void lifecycleRulesOfOthersStayWhateverTheyAreCalled() {
        LifecycleRule archive = rule("landing-archive", "ops/", 400);
        LifecycleRule index = rule("index-of-mine", "data/orders/", 3);
        LifecycleRule unnamed = LifecycleRule.builder()
                .status(ExpirationStatus.ENABLED)
                .prefix("x/")
                .build();
        s3.rules.put(
                BUCKET,
                List.of(
                        archive,
                        index,
                        unnamed,
                        rule("landing-orders", "data/orders/", 90),
                        rule("landing-gone", "data/gone/", 7),
                        rule("index-gone", "_feedline/index/gone/", 8)));
        setup.expireLanding(BUCKET, List.of(orders()));
        assertThat(s3.rules.get(BUCKET))
                .containsExactlyInAnyOrder(
                        rule("landing-orders", "data/orders/", 7),
                        rule("index-orders", "_feedline/index/orders/", 8),
                        archive,
                        index,
                        unnamed);
    }

    private static LifecycleRule rule(String id, String prefix, int days) {
        return LifecycleRule.builder()
                .id(id)
                .status(ExpirationStatus.ENABLED)
                .filter(it -> it.prefix(prefix))
                .expiration(it -> it.days(days))
                .build();
    }

    private static FeedTable orders() {
        InMemoryGlue glue = new InMemoryGlue(InstantSource.system());
        glue.createTable(create -> create.databaseName("feedline")
                .tableInput(FeedTable.create(
                        "orders", FeedSettings.DEFAULT, Schema.EMPTY, "s3://" + BUCKET + "/data/orders/")));
        return new FeedCatalog(glue).find("orders").orElseThrow();
    }

    @Test
    void whomOthersHaveTheBucketTellStaysAndWhatIsSoAlreadyIsNotPutAgain() throws InterruptedException {
        QueueConfiguration queue = QueueConfiguration.builder()
                .id("audit")
                .queueArn("arn:aws:sqs:eu-central-1:111122223333:audit")
                .events(Event.S3_OBJECT_REMOVED)
                .build();
        TopicConfiguration topic = TopicConfiguration.builder()
                .id("mail")
                .topicArn("arn:aws:sns:eu-central-1:111122223333:mail")
                .events(Event.S3_OBJECT_CREATED)
                .build();
        s3.notifications.put(
                BUCKET,
                NotificationConfiguration.builder()
                        .queueConfigurations(queue)
                        .topicConfigurations(topic)
                        .eventBridgeConfiguration(
                                EventBridgeConfiguration.builder().build())
                        .build());
        setup.tell(BUCKET, List.of(), List.of(OURS));
        NotificationConfiguration told = s3.notifications.get(BUCKET);
        assertThat(told.queueConfigurations()).containsExactlyInAnyOrder(OURS, queue);
        assertThat(told.topicConfigurations()).containsExactly(topic);
        assertThat(told.eventBridgeConfiguration()).isNotNull();
        setup.tell(BUCKET, List.of(), List.of(OURS));
        assertThat(s3.puts).isOne();
    }

    @Test
    void aQueueThatDoesNotLetS3InYetIsTriedAgainForAMinute() throws InterruptedException {
        s3.refusals = 11;
        setup.tell(BUCKET, List.of(), List.of(OURS));
        assertThat(s3.notifications).containsKey(BUCKET);
        assertThat(pauses).hasSize(11).containsOnly(Duration.ofSeconds(5));
        s3.notifications.clear();
        s3.refusals = 12;
        assertThatThrownBy(() -> setup.tell(BUCKET, List.of(), List.of(OURS)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Unable to validate");
    }
}
