package dev.feedline.feeds.sim;

import dev.feedline.convert.Keys;
import dev.feedline.convert.Safety;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.ConversionJob;
import dev.feedline.feeds.ConvertFunction;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileStates;
import dev.feedline.feeds.IngestFunction;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.S3Events;
import dev.feedline.feeds.Sweep;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.rows.Column;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import dev.feedline.testkit.InMemoryGlue;
import dev.feedline.testkit.InMemoryKinesis;
import dev.feedline.testkit.InMemoryLambda;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// The whole pipeline over clients in maps, taking turns as the seed says.
final class SimWorld {
    static final List<String> FEEDS = List.of("orders", "orders_eu");

    final Map<String, Upload> uploads = new LinkedHashMap<>();
    final Map<String, FeedSettings> settings = new LinkedHashMap<>();
    final SimWarehouse warehouse;
    final SimFirehose firehose;
    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Chaos chaos;
    private final Random random;
    private final Safety safety;
    private final InMemoryS3 storedS3 = new InMemoryS3(clock);
    private final InMemoryKinesis storedKinesis = new InMemoryKinesis(clock);
    private final InMemoryGlue storedGlue = new InMemoryGlue(clock);
    private final InMemoryLambda storedLambda = new InMemoryLambda();
    private final S3Client s3;
    private final KinesisClient kinesis;
    private final GlueClient glue;
    private final LambdaClient lambda;
    private final Deque<byte[]> underWay = new ArrayDeque<>();
    private final SimEvents<StoredObject> uploaded;
    private final SimEvents<StoredObject> landed;
    private final SimEvents<StoredObject> toLoad;

    /// A file in the source bucket.
    record Upload(String feed, String key, SimFeed content, int order) {}

    SimWorld(Chaos chaos, Safety safety, boolean damaging) {
        this.chaos = chaos;
        this.random = chaos.random();
        this.safety = safety;
        this.s3 = chaos.around(S3Client.class, storedS3);
        this.kinesis = chaos.around(KinesisClient.class, storedKinesis);
        this.glue = chaos.around(GlueClient.class, storedGlue);
        this.lambda = chaos.around(LambdaClient.class, storedLambda);
        this.warehouse = new SimWarehouse(storedS3, chaos);
        this.firehose = new SimFirehose(kinesis, s3, chaos, damaging);
        this.uploaded = new SimEvents<>(chaos);
        this.landed = new SimEvents<>(chaos);
        this.toLoad = new SimEvents<>(chaos);
        storedS3.pageLimit(1 + random.nextInt(20));
        storedS3.onPut(this::notify);
        storedKinesis.refuseWhen(() -> chaos.oneIn(15));
        deploy();
        chaos.meanwhile(this::turn);
    }

    private void deploy() {
        for (String bucket : List.of("feedline-source", "feedline-landing", "feedline-lake")) {
            storedS3.createBucket(request -> request.bucket(bucket));
        }
        storedS3.putBucketVersioning(request -> request.bucket("feedline-source")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        for (String feed : FEEDS) {
            settings.put(feed, randomSettings());
            storedGlue.createTable(request -> request.databaseName(Names.CATALOG_DATABASE)
                    .tableInput(FeedTable.create(
                            feed, settings.get(feed), Schema.EMPTY, "s3://feedline-lake/" + Keys.data(feed))));
            storedKinesis.createStream(request -> request.streamName(Names.stream(feed)));
        }
    }

    private FeedSettings randomSettings() {
        SchemaPolicy.OnNewColumn onNew =
                random.nextInt(10) < 7 ? SchemaPolicy.OnNewColumn.ADD : any(SchemaPolicy.OnNewColumn.class);
        SchemaPolicy policy = new SchemaPolicy(onNew, any(SchemaPolicy.OnMismatch.class));
        long maxRows = random.nextInt(4) == 0 ? random.nextInt(3) : Long.MAX_VALUE;
        FeedSettings.OnReupload reupload = any(FeedSettings.OnReupload.class);
        return new FeedSettings(FeedSettings.Format.AUTO, policy, maxRows, 100, reupload);
    }

    private <E extends Enum<E>> E any(Class<E> choices) {
        E[] all = choices.getEnumConstants();
        return all[random.nextInt(all.length)];
    }

    private void notify(StoredObject stored) {
        switch (stored.bucket()) {
            case "feedline-source" -> uploaded.send(stored);
            case "feedline-lake" -> toLoad.send(stored);
            default -> {
                if (stored.key().startsWith("data/")) {
                    landed.send(stored);
                } else if (stored.key().startsWith("ops/")) {
                    toLoad.send(stored);
                }
            }
        }
    }

    void upload(SimFeed content) {
        String feed = FEEDS.get(random.nextInt(FEEDS.size()));
        String key = feed + "/day " + random.nextInt(3) + "+é" + content.shape().extension();
        boolean again = !uploads.isEmpty() && random.nextInt(5) == 0;
        Upload before = again ? List.copyOf(uploads.values()).get(random.nextInt(uploads.size())) : null;
        Upload upload = before == null
                ? new Upload(feed, key, content, uploads.size())
                : new Upload(before.feed(), before.key(), before.content(), uploads.size());
        PutObjectResponse put = storedS3.putObject(
                request -> request.bucket("feedline-source").key(upload.key()),
                RequestBody.fromBytes(upload.content().bytes()));
        uploads.put(put.versionId(), upload);
    }

    /// Somebody's turn, who may crash in it.
    void turn() {
        try {
            if (!underWay.isEmpty() && chaos.oneIn(3)) {
                ingest(underWay.peek()); // the same event, delivered twice at once
                return;
            }
            if (!underWay.isEmpty() && chaos.oneIn(4)) {
                changeTable(FEEDS.get(random.nextInt(FEEDS.size())));
                return;
            }
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> uploaded.take().ifPresent(this::ingest);
                case 3, 4 -> storedLambda.take().ifPresent(this::ingest);
                case 5, 6, 7 -> firehose.deliver(FEEDS.get(random.nextInt(FEEDS.size())));
                case 8, 9 -> landed.take().ifPresent(this::convert);
                case 10 -> runStartedJob();
                case 11, 12 -> toLoad.take().ifPresent(stored -> warehouse.load(stored.bucket(), stored.key()));
                case 13 -> someoneElse();
                case 14 -> clock.advance(Duration.ofMillis(random.nextInt(3000)));
                default -> {
                    if (chaos.oneIn(3)) {
                        sweep();
                    }
                }
            }
        } catch (Crash crash) {
            // Whoever had the turn is gone; what was acknowledged stays.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the pipeline does not do itself: another writer of the catalog, another producer on the stream, a second
    /// job.
    private void someoneElse() throws IOException {
        String feed = FEEDS.get(random.nextInt(FEEDS.size()));
        switch (random.nextInt(4)) {
            case 0 -> changeTable(feed);
            case 1 -> streamRows(feed);
            case 2 -> job().run();
            default ->
                storedS3.putObject(
                        request -> request.bucket("feedline-source")
                                .key(random.nextBoolean() ? feed + "/" : "elsewhere/a"),
                        RequestBody.fromString(random.nextBoolean() ? "" : "{}"));
        }
    }

    private void changeTable(String feed) {
        FeedCatalog catalog = new FeedCatalog(storedGlue);
        FeedTable table = catalog.find(feed).orElseThrow();
        if (random.nextBoolean()) {
            changePolicy(table);
        } else {
            declareColumn(catalog, table);
        }
    }

    /// A value that fits no column is bad today and rescued tomorrow.
    private void changePolicy(FeedTable table) {
        FeedSettings now = table.settings();
        SchemaPolicy policy = new SchemaPolicy(now.policy().onNewColumn(), any(SchemaPolicy.OnMismatch.class));
        FeedSettings changed =
                new FeedSettings(now.format(), policy, now.maxBadRows(), now.maxBadPercent(), now.onReupload());
        storedGlue.updateTable(
                request -> request.databaseName(Names.CATALOG_DATABASE).tableInput(table.withSettings(changed)));
    }

    private void declareColumn(FeedCatalog catalog, FeedTable table) {
        String name = random.nextBoolean() ? "amount" : "extra" + random.nextInt(4);
        Type type = name.equals("amount") && random.nextBoolean() ? new Type.Decimal(38, 18) : new Type.Text();
        if (table.schema().column(name).isEmpty()) {
            List<Column> columns = new ArrayList<>(table.schema().columns());
            columns.add(new Column(name, type));
            catalog.evolve(table, new Schema(columns, table.schema().inferred()));
        }
    }

    private void streamRows(String feed) {
        String row = "{\"id\":" + random.nextInt(100) + ",\"name\":\"foreign\"}";
        storedKinesis.putRecords(request -> request.streamName(Names.stream(feed))
                .records(entry -> entry.partitionKey("p")
                        .data(SdkBytes.fromUtf8String(random.nextBoolean() ? row + "\n" : row))));
    }

    private void ingest(StoredObject stored) {
        S3Events.ObjectReference object =
                new S3Events.ObjectReference(stored.bucket(), stored.key(), stored.versionId());
        ingest(S3Events.write(object));
    }

    private void ingest(InvokeRequest request) {
        ingest(request.payload().asByteArray());
    }

    /// As Lambda does it: an invocation that failed or was cut off is made again, twice at most.
    private void ingest(byte[] event) {
        underWay.push(event);
        try {
            ingestOnce(event);
        } finally {
            underWay.pop();
        }
    }

    private void ingestOnce(byte[] event) {
        IngestSettings bounds = new IngestSettings(
                RowLimits.DEFAULT,
                20 + random.nextInt(150),
                40 + random.nextInt(200),
                1 + random.nextInt(3),
                300 + random.nextInt(300),
                Duration.ofSeconds(60));
        IngestFunction function =
                new IngestFunction(s3, kinesis, glue, lambda, Buckets.EMBEDDED, bounds, clock, clock::advance);
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                function.handleRequest(
                        new ByteArrayInputStream(event),
                        OutputStream.nullOutputStream(),
                        new SimContext(Names.INGEST_FUNCTION, chaos.oneIn(3) ? 1_000 : 900_000));
                return;
            } catch (Crash crash) {
                if (random.nextBoolean()) {
                    throw crash;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void convert(StoredObject stored) {
        byte[] event = S3Events.write(new S3Events.ObjectReference(stored.bucket(), stored.key(), null));
        try {
            new ConvertFunction(glue)
                    .handleRequest(
                            new ByteArrayInputStream(event),
                            OutputStream.nullOutputStream(),
                            new SimContext(Names.CONVERT_FUNCTION, 900_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void runStartedJob() throws IOException {
        if (storedGlue.take().isPresent()) {
            try {
                job().run();
            } finally {
                storedGlue.end();
            }
        }
    }

    private ConversionJob job() {
        return new ConversionJob(s3, glue, lambda, Buckets.EMBEDDED, new SimLake(), RowLimits.DEFAULT, safety);
    }

    private boolean sweep() throws IOException {
        Sweep sweep = new Sweep(new Sweep.Ports(s3, glue, lambda, warehouse), Buckets.EMBEDDED, clock, Duration.ZERO);
        return sweep.run().foundNothing();
    }

    /// Every event that is still under way is lost, and nobody crashes any more: what sweeping alone brings about.
    void settle() throws IOException {
        chaos.off();
        boolean done = false;
        for (int round = 0; round < 12 && !done; round++) {
            done = sweep();
            for (var event = storedLambda.take(); event.isPresent(); event = storedLambda.take()) {
                ingest(event.get());
            }
            for (String feed : FEEDS) {
                while (firehose.deliver(feed)) {
                    done = false;
                }
            }
            runStartedJob();
        }
        warehouse.quarterOfAnHourLater();
    }

    List<FileState> files() throws IOException {
        return new FileStates(s3, glue, warehouse, Buckets.EMBEDDED).all();
    }

    /// What the buckets hold, for a failure's message.
    String inventory() {
        StringBuilder text = new StringBuilder();
        for (String bucket : List.of("feedline-source", "feedline-landing", "feedline-lake")) {
            storedS3.objects(bucket)
                    .forEach(stored -> text.append(bucket)
                            .append('/')
                            .append(stored.key())
                            .append(
                                    bucket.endsWith("lake")
                                            ? ""
                                            : "\n    " + new String(stored.bytes(), StandardCharsets.UTF_8))
                            .append('\n'));
        }
        return text.toString();
    }
}
