package dev.feedline.app;

import dev.feedline.app.Rig.Side;
import dev.feedline.app.spark.SparkHome;
import dev.feedline.app.warehouse.DriverClient;
import dev.feedline.convert.ConversionReport;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.ConversionJob;
import dev.feedline.feeds.ConvertFunction;
import dev.feedline.feeds.IngestFunction;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Warehouse;
import dev.feedline.feeds.definition.WarehouseChoice;
import dev.feedline.feeds.deployment.AwsStorage;
import dev.feedline.feeds.deployment.Clients;
import dev.feedline.firehose.EmbeddedFirehose;
import dev.feedline.gateway.Mounted;
import dev.feedline.gateway.RuntimeApi;
import dev.feedline.gateway.SnowflakeUsers;
import dev.feedline.glue.EmbeddedGlue;
import dev.feedline.glue.GlueJobRun;
import dev.feedline.glue.GlueSettings;
import dev.feedline.glue.SparkSettings;
import dev.feedline.iam.EmbeddedIam;
import dev.feedline.iam.EmbeddedSts;
import dev.feedline.kernel.Account;
import dev.feedline.kernel.DataFolder;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.LocalBodies;
import dev.feedline.kinesis.EmbeddedKinesis;
import dev.feedline.lambda.EmbeddedLambda;
import dev.feedline.lambda.LambdaSettings;
import dev.feedline.s3.EmbeddedS3;
import dev.feedline.snowflake.EmbeddedSnowflake;
import dev.feedline.snowflake.PipeQueue;
import dev.feedline.snowflake.Session;
import dev.feedline.snowflake.SessionOptions;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.sqs.EmbeddedSqs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// Who is who: the only place that knows which service stands behind which interface.
///
/// Everybody gets the others as SDK clients behind the proxy that does what the wire would do.
final class Services {
    /// A reading of an embedded stream that finds nothing compares two numbers in memory; over HTTP it would be a
    /// request.
    private static final Duration BETWEEN_READINGS_IN_PROCESS = Duration.ofMillis(200);

    private final InstantSource clock;
    /// None when the pipeline's buckets are AWS's.
    private final Optional<EmbeddedS3> s3Room;
    private final Optional<AwsClients> aws;
    private final Optional<AwsStorage> awsStorage;
    private final EmbeddedFirehose firehoseRoom;
    private final EmbeddedLambda lambdaRoom;
    private final EmbeddedGlue glueRoom;
    /// None when the pipeline ends in an account.
    private final Optional<EmbeddedSnowflake> snowflake;

    private final Links links;
    private final Rig rig;
    private final Optional<EmbeddedSqs> sqsRoom;
    private final SqsClient sqs;
    private final IamClient iam;
    private final Clients clients;

    private Services(Opening opening) throws IOException {
        this.clock = opening.ground.clock();
        this.links = opening.links;
        this.rig = opening.rig;
        LateClient<LambdaClient> lambda = new LateClient<>(LambdaClient.class);
        LateClient<GlueClient> glue = new LateClient<>(GlueClient.class);
        this.aws = opening.aws;
        this.awsStorage = opening.awsStorage;
        Buckets buckets = buckets();
        this.sqsRoom = aws.isPresent()
                ? Optional.empty()
                : Optional.of(opening.add(EmbeddedSqs.open(opening.at("sqs"), opening.ground, opening.endpoint)));
        this.sqs = sqsRoom.map(room -> EmbeddedClient.<SqsClient>around(SqsClient.class, room))
                .orElseGet(() -> aws.orElseThrow().sqs());
        this.iam = EmbeddedClient.around(
                IamClient.class, opening.add(EmbeddedIam.open(opening.at("iam"), opening.ground)));
        SqsClient sqsLink = aws.isPresent() ? sqs : links.link(SqsClient.class, sqs, Reach::sqs);
        this.s3Room = aws.isPresent()
                ? Optional.empty()
                : Optional.of(opening.add(EmbeddedS3.open(
                        opening.at("s3"),
                        opening.ground,
                        rig.client(Side.S3, LambdaClient.class, lambda.client()),
                        rig.client(Side.S3, SqsClient.class, sqsLink))));
        S3Client s3 = s3Room.map(room -> EmbeddedClient.<S3Client>around(S3Client.class, room))
                .orElseGet(() -> aws.orElseThrow().s3());
        S3Client s3Link = aws.isPresent() ? s3 : links.link(S3Client.class, s3, Reach::s3);
        KinesisClient kinesis = EmbeddedClient.around(
                KinesisClient.class, opening.add(EmbeddedKinesis.open(opening.at("kinesis"), opening.ground)));
        KinesisClient kinesisLink = links.link(KinesisClient.class, kinesis, Reach::kinesis);
        this.firehoseRoom = opening.add(EmbeddedFirehose.open(
                opening.at("firehose"),
                opening.ground,
                rig.client(Side.FIREHOSE, KinesisClient.class, kinesisLink),
                rig.client(Side.FIREHOSE, S3Client.class, s3Link),
                links.areOverHttp() ? EmbeddedFirehose.BETWEEN_READINGS : BETWEEN_READINGS_IN_PROCESS));
        ConversionJob job = new ConversionJob(
                rig.client(Side.JOB, S3Client.class, s3Link),
                rig.client(Side.JOB, GlueClient.class, glue.client()),
                rig.client(Side.JOB, LambdaClient.class, lambda.client()),
                buckets,
                rig.safety());
        this.glueRoom = opening.add(EmbeddedGlue.open(
                opening.at("glue"),
                opening.ground,
                spark(
                        GlueSettings.of(Map.of("json-to-parquet", run -> convert(job, run)))
                                .crawling(rig.client(Side.JOB, S3Client.class, s3Link)),
                        opening,
                        s3Link)));
        GlueClient embeddedGlue = EmbeddedClient.around(GlueClient.class, glueRoom);
        glue.is(links.link(GlueClient.class, embeddedGlue, Reach::glue));
        IngestFunction ingest = new IngestFunction(
                rig.client(Side.INGEST, S3Client.class, s3Link),
                rig.client(Side.INGEST, KinesisClient.class, kinesisLink),
                rig.client(Side.INGEST, GlueClient.class, glue.client()),
                rig.client(Side.INGEST, LambdaClient.class, lambda.client()),
                buckets,
                IngestSettings.DEFAULT,
                clock,
                Thread::sleep);
        this.lambdaRoom = opening.add(EmbeddedLambda.open(
                opening.at("lambda"),
                opening.ground,
                rig.client(Side.LAMBDA, S3Client.class, s3Link),
                rig.client(Side.LAMBDA, SqsClient.class, sqsLink),
                FunctionProcesses.settings(
                        Map.of(
                                "ingest",
                                ingest,
                                "convert",
                                new ConvertFunction(rig.client(Side.CONVERT, GlueClient.class, glue.client()))),
                        opening.endpoint,
                        opening.keys,
                        aws.isPresent() ? LambdaSettings.Polling.AWS : LambdaSettings.Polling.EMBEDDED)));
        LambdaClient embeddedLambda = EmbeddedClient.around(LambdaClient.class, lambdaRoom);
        lambda.is(links.link(LambdaClient.class, embeddedLambda, Reach::lambda));
        Warehouse warehouse;
        switch (opening.warehouse) {
            case WarehouseChoice.Embedded() -> {
                EmbeddedSnowflake embedded = opening.add(EmbeddedSnowflake.open(
                        opening.at("snowflake"),
                        opening.ground,
                        rig.client(Side.WAREHOUSE, S3Client.class, s3Link),
                        pipeQueue(rig.client(Side.WAREHOUSE, SqsClient.class, sqsLink), opening.ground.account()),
                        links.areOverHttp()
                                ? LocalBodies.NONE
                                : s3Room.<LocalBodies>map(room -> room).orElse(LocalBodies.NONE)));
                this.snowflake = Optional.of(embedded);
                warehouse = new SessionWarehouse(embedded::openSession);
            }
            case WarehouseChoice.Account account -> {
                this.snowflake = Optional.empty();
                warehouse = new ClientWarehouse(
                        opening.add(DriverClient.of(account, System.getenv(), System.err::println)));
            }
        }
        this.clients = new Clients(
                s3,
                kinesis,
                EmbeddedClient.around(FirehoseClient.class, firehoseRoom),
                embeddedLambda,
                embeddedGlue,
                warehouse);
    }

    static Services open(
            DataFolder folder,
            Disk disk,
            FeedlineSettings settings,
            Rig rig,
            Keys keys,
            Supplier<URI> endpoint,
            Optional<AwsClients> aws,
            Closing closing)
            throws IOException {
        Ground ground = new Ground(
                disk, rig.clock(), Ids.secure(), Feedline.ACCOUNT, settings.bell(), settings.onFailure(), rig.trial());
        Optional<AwsStorage> storage = Optional.empty();
        if (aws.isPresent()) {
            Account account = aws.get().account();
            AwsFile file = AwsFile.readOrCreate(folder.path(), account, ground.ids(), disk);
            storage = Optional.of(new AwsStorage(
                    account.id(),
                    account.region(),
                    aws.get().sqs(),
                    new AwsStorage.Claimant(file.id(), place(folder.path()))));
        }
        return new Services(new Opening(
                folder,
                ground,
                rig,
                keys,
                endpoint,
                closing,
                new Links(settings.servicesOverHttp()),
                settings.definition().warehouse(),
                aws,
                storage));
    }

    /// Where the folder is, as its owner would look for it from another machine.
    private static String place(Path folder) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "this machine";
        }
        return "the data folder " + folder.toAbsolutePath().normalize() + " on " + host;
    }

    /// Spark's processes reach S3 at the port, where AWS's is not; scripts are then refused when their job is made.
    private static GlueSettings spark(GlueSettings settings, Opening opening, S3Client s3) {
        if (opening.aws.isPresent()) {
            return settings.withoutSpark(
                    "its S3 is AWS's (services.s3), and Spark's processes are given Feedline's keys"
                            + " and address only. Run the script as a job of AWS's Glue");
        }
        return settings.with(SparkSettings.of(
                SparkHome.standard(),
                s3,
                () -> FunctionProcesses.environment(opening.endpoint.get(), opening.keys),
                Map.of("json-to-parquet-on-spark", "dev.feedline.spark.JsonToParquet")));
    }

    private PipeQueue pipeQueue(SqsClient client, Account own) {
        return aws.map(at -> PipeQueue.atAws(client, at.account())).orElseGet(() -> PipeQueue.embedded(client, own));
    }

    /// What the rooms are opened with.
    private record Opening(
            DataFolder folder,
            Ground ground,
            Rig rig,
            Keys keys,
            Supplier<URI> endpoint,
            Closing closing,
            Links links,
            WarehouseChoice warehouse,
            Optional<AwsClients> aws,
            Optional<AwsStorage> awsStorage) {
        Path at(String room) {
            return folder.at(room);
        }

        <C extends AutoCloseable> C add(C room) {
            return closing.add(room);
        }
    }

    /// Begins the background work: notifications, deliveries, invocations, runs, pipes.
    ///
    /// @param reach this very Feedline over HTTP, for services that are to meet each other there
    void startWork(Reach reach) {
        links.connect(reach);
        glueRoom.start();
        lambdaRoom.start();
        snowflake.ifPresent(EmbeddedSnowflake::start);
        firehoseRoom.start();
        s3Room.ifPresent(EmbeddedS3::start);
    }

    /// Notifications end first: what they would still tell the functions waits in the outbox for the next start.
    /// Functions and drivers use the port, so they end before it does; and so does waiting for messages there.
    void endProcesses() {
        s3Room.ifPresent(EmbeddedS3::endNotifications);
        lambdaRoom.close();
        glueRoom.endRuns();
        sqsRoom.ifPresent(EmbeddedSqs::endWaits);
    }

    RuntimeApi runtimeApi() {
        return new FunctionRuntime(lambdaRoom.runtimeApi());
    }

    InstantSource clock() {
        return clock;
    }

    Clients clients() {
        return clients;
    }

    Buckets buckets() {
        return aws.map(AwsClients::buckets).orElse(Buckets.EMBEDDED);
    }

    /// What a deployment has to know when the buckets are AWS's.
    Optional<AwsStorage> awsStorage() {
        return awsStorage;
    }

    /// A driver's session begins where the feeds' tables are, unless its login says otherwise.
    Session openSession(SessionOptions asked) {
        EmbeddedSnowflake embedded = snowflake.orElseThrow(() -> SnowflakeError.UNSUPPORTED.with(
                "This Feedline has no warehouse of its own: its definition names another. Connect to that one."));
        boolean unsaid = asked.database().isEmpty();
        return embedded.openSession(new SessionOptions(
                asked.user(),
                asked.role(),
                asked.warehouse(),
                unsaid ? Optional.of("FEEDLINE") : asked.database(),
                unsaid ? asked.schema().or(() -> Optional.of("RAW")) : asked.schema()));
    }

    /// Who may log in: by the password of the folder's keys, or by a key that ALTER USER has set.
    SnowflakeUsers snowflakeUsers(Keys keys) {
        return new SnowflakeUsers() {
            @Override
            public boolean accepts(String user, String password) {
                return keys.isSnowflakeLogin(user, password);
            }

            @Override
            public List<PublicKey> publicKeys(String user) {
                return snowflake.map(embedded -> embedded.publicKeys(user)).orElse(List.of());
            }
        };
    }

    List<Mounted> mounted() {
        return List.of(
                new Mounted(
                        "s3",
                        S3Client.class,
                        aws.isPresent()
                                ? AtAws.instead(S3Client.class, "S3")
                                : rig.client(Side.GATEWAY, S3Client.class, clients.s3())),
                new Mounted("sqs", SqsClient.class, aws.isPresent() ? AtAws.instead(SqsClient.class, "SQS") : sqs),
                new Mounted("kinesis", KinesisClient.class, clients.kinesis()),
                new Mounted("firehose", FirehoseClient.class, clients.firehose()),
                new Mounted("lambda", LambdaClient.class, clients.lambda()),
                new Mounted("glue", GlueClient.class, clients.glue()),
                new Mounted("iam", IamClient.class, iam),
                new Mounted(
                        "sts",
                        StsClient.class,
                        EmbeddedClient.around(StsClient.class, new EmbeddedSts(Feedline.ACCOUNT))));
    }

    private static void convert(ConversionJob job, GlueJobRun run) throws IOException {
        ConversionReport report = job.run();
        run.count("chunks", report.converted());
        run.count("rows", report.rows());
        run.log(report.toString());
        if (!report.failures().isEmpty()) {
            throw new IOException(String.join("; ", report.failures()));
        }
    }
}
