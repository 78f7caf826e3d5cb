package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Sleeper;
import dev.feedline.feeds.definition.ConvertChoice;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.feeds.definition.WarehouseChoice;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;

/// Brings a pipeline to where its definition says it should be; running it again changes nothing.
///
/// Notifications come last: when the first event is sent, everybody who hears it is there.
public final class Deployment {
    /// An ingest takes a file to its end: a second one in the same invocation would wait for the first.
    private static final int FILES_OF_AN_INGEST = 1;
    private static final int INGESTS = 16;
    /// A convert only sees to it that a run comes.
    private static final int DELIVERIES_OF_A_CONVERT = 10;
    private static final int CONVERTS = 2;

    private final Clients clients;
    private final Buckets buckets;
    private final FunctionCode code;
    private final Sleeper sleeper;
    /// Where the buckets and queues are AWS's.
    private final Optional<AwsStorage> aws;

    /// With a storage whose buckets invoke the functions themselves.
    public Deployment(Clients clients, Buckets buckets, FunctionCode code, Sleeper sleeper) {
        this(clients, buckets, code, sleeper, Optional.empty());
    }

    /// @param aws AWS's storage, when the buckets are there: they tell queues, which the functions are mapped to
    public Deployment(Clients clients, Buckets buckets, FunctionCode code, Sleeper sleeper, Optional<AwsStorage> aws) {
        this.clients = clients;
        this.buckets = buckets;
        this.code = code;
        this.sleeper = sleeper;
        this.aws = aws;
    }

    /// Creates the buckets and, at AWS, claims them: before anything works on them or takes a message of their queues.
    ///
    /// @throws IllegalStateException when they are somebody else's
    public void takeBuckets() {
        BucketSetup bucketSetup = new BucketSetup(clients.s3(), sleeper);
        for (String bucket : List.of(buckets.source(), buckets.landing(), buckets.lake())) {
            aws.ifPresentOrElse(
                    at -> bucketSetup.create(bucket, at.account(), at.region()), () -> bucketSetup.create(bucket));
        }
        aws.ifPresent(at -> new BucketClaim(clients.s3(), buckets).take(at.claimant()));
    }

    /// Deploys every feed of the definition into buckets that are taken; feeds that were deployed earlier and are not
    /// named in it stay.
    public void deploy(Definition definition) throws InterruptedException {
        BucketSetup bucketSetup = new BucketSetup(clients.s3(), sleeper);
        bucketSetup.keepVersions(buckets.source());
        CatalogSetup catalog = new CatalogSetup(clients.glue(), buckets);
        catalog.createDatabase();
        StreamSetup streams = new StreamSetup(clients.kinesis(), clients.firehose(), buckets, sleeper);
        catalog.putJob(ConvertChoice.NATIVE);
        for (Feed feed : definition.feeds().values()) {
            catalog.putJob(feed.convert()); // before anything can land for it
            catalog.put(feed);
            streams.put(feed);
        }
        expireLanding();
        FunctionSetup functions = new FunctionSetup(clients.lambda(), code, buckets);
        String ingest = functions.put(Names.INGEST_FUNCTION, code.ingestHandler());
        String convert = functions.put(Names.CONVERT_FUNCTION, code.convertHandler());
        if (aws.isEmpty()) {
            functions.allow(Names.INGEST_FUNCTION, buckets.source());
            functions.allow(Names.CONVERT_FUNCTION, buckets.landing());
        }
        List<Map<String, Object>> pipes = warehouse(definition);
        QueueConfiguration receipts = BucketSetup.queue("snowpipe", channel(pipes, "OPS"), "ops/");
        QueueConfiguration lake = BucketSetup.queue("snowpipe", channel(pipes, "RAW"), "data/");
        if (aws.isPresent()) {
            tellQueues(aws.get(), bucketSetup, definition, receipts, lake);
        } else {
            bucketSetup.tell(buckets.source(), List.of(BucketSetup.function("ingest", ingest, "")), List.of());
            bucketSetup.tell(
                    buckets.landing(), List.of(BucketSetup.function("convert", convert, "data/")), List.of(receipts));
            bucketSetup.tell(buckets.lake(), List.of(), List.of(lake));
        }
    }

    /// AWS's buckets cannot invoke functions of this pipeline: they tell queues, to which the functions listen.
    private void tellQueues(
            AwsStorage storage,
            BucketSetup bucketSetup,
            Definition definition,
            QueueConfiguration receipts,
            QueueConfiguration lake)
            throws InterruptedException {
        QueueSetup queues = new QueueSetup(storage, clients.lambda());
        String ingest = queues.put(Names.INGEST_FUNCTION, buckets.source());
        String convert = queues.put(Names.CONVERT_FUNCTION, buckets.landing());
        queues.map(ingest, Names.INGEST_FUNCTION, FILES_OF_AN_INGEST, INGESTS);
        queues.map(convert, Names.CONVERT_FUNCTION, DELIVERIES_OF_A_CONVERT, CONVERTS);
        if (definition.warehouse() instanceof WarehouseChoice.Embedded) {
            queues.allow(lake.queueArn(), List.of(buckets.landing(), buckets.lake())); // an account's lets S3 in itself
        }
        bucketSetup.tell(buckets.source(), List.of(), List.of(BucketSetup.queue("ingest", ingest, "")));
        bucketSetup.tell(
                buckets.landing(), List.of(), List.of(BucketSetup.queue("convert", convert, "data/"), receipts));
        bucketSetup.tell(buckets.lake(), List.of(), List.of(lake));
    }

    /// Adds one feed to a pipeline that is deployed already.
    public void add(Feed feed) throws InterruptedException {
        CatalogSetup catalog = new CatalogSetup(clients.glue(), buckets);
        catalog.putJob(feed.convert());
        catalog.put(feed);
        expireLanding();
        new StreamSetup(clients.kinesis(), clients.firehose(), buckets, sleeper).put(feed);
        WarehouseScript.of(feed.name()).forEach(clients.warehouse()::execute);
        showBalance();
    }

    /// Runs the script and returns the pipes there are then.
    private List<Map<String, Object>> warehouse(Definition definition) {
        Optional<String> integration = Optional.empty();
        if (definition.warehouse() instanceof WarehouseChoice.Account account) {
            integration = account.integration();
            integration.ifPresent(
                    name -> new IntegrationCheck(clients.warehouse(), buckets).look(name, account.place()));
        }
        WarehouseScript.foundation(buckets, integration).forEach(clients.warehouse()::execute);
        if (!(definition.warehouse() instanceof WarehouseChoice.Account)) {
            Rebuild.sweep(clients.warehouse());
        }
        for (String feed : definition.feeds().keySet()) {
            WarehouseScript.of(feed).forEach(clients.warehouse()::execute);
        }
        showBalance();
        if (definition.warehouse() instanceof WarehouseChoice.Account account) {
            new StageProbe(clients.s3(), clients.warehouse(), buckets)
                    .look("probe-" + UUID.randomUUID(), account.place());
        }
        return clients.warehouse().query("SHOW PIPES IN DATABASE FEEDLINE");
    }

    /// The ARN of the queue that the schema's pipes listen to; of any pipe, as long as the schema has none.
    private static String channel(List<Map<String, Object>> pipes, String schema) {
        return pipes.stream()
                .sorted(Comparator.comparing(pipe -> !schema.equals(String.valueOf(pipe.get("schema_name")))))
                .map(pipe -> String.valueOf(pipe.get("notification_channel")))
                .filter(channel -> channel.startsWith("arn:"))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no pipe of FEEDLINE has a notification channel: " + pipes));
    }

    /// The view spans the tables of all feeds, so it is made anew whenever there is another.
    private void showBalance() {
        BalanceView.show(clients.warehouse(), new FeedCatalog(clients.glue()).feeds());
    }

    /// Of every feed there is, named in the definition or not: whatever lands is let go after its time.
    private void expireLanding() {
        new BucketSetup(clients.s3(), sleeper)
                .expireLanding(buckets.landing(), new FeedCatalog(clients.glue()).tables());
    }
}
