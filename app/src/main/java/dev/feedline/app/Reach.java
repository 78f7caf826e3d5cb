package dev.feedline.app;

import dev.feedline.app.warehouse.DriverClient;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.feeds.definition.WarehouseChoice;
import dev.feedline.kernel.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// How a command reaches a Feedline: by the public protocols, with the folder's keys.
///
/// When a server runs on the folder, that one; else this process opens the folder and serves it on a free loopback port
/// for as long as the command takes.
public final class Reach implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    /// Longer than the longest poll of a queue (20 s), and than the completion of a large upload takes.
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final Server server;
    private final WarehouseChoice warehouse;
    /// AWS's buckets and queues, when the pipeline's are there.
    private final Optional<AwsClients> aws;
    private final boolean ownsAws;
    /// Closes the Feedline of this process, also when a signal stops it.
    private final @Nullable Finally own;
    private @Nullable SdkHttpClient http;

    /// A Feedline that serves: where, and with which keys.
    public record Server(URI endpoint, String region, Keys keys) {}

    private Reach(Server server, WarehouseChoice warehouse, Optional<AwsClients> aws, @Nullable Finally own) {
        this.server = server;
        this.warehouse = warehouse;
        this.aws = aws;
        this.own = own;
        this.ownsAws = false;
    }

    /// Reaches a server of another process, and AWS by clients of its own.
    private Reach(Server server, WarehouseChoice warehouse, Optional<AwsClients> aws) {
        this.server = server;
        this.warehouse = warehouse;
        this.aws = aws;
        this.own = null;
        this.ownsAws = true;
    }

    /// The server that runs on the folder, if one does.
    public static Optional<Server> running(Path data) throws IOException {
        Optional<ServerFile> file = ServerFile.ofRunning(data);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Server(URI.create(file.get().endpoint()), Feedline.ACCOUNT.region(), Keys.read(data)));
    }

    public static Reach open(FeedlineSettings settings) throws IOException {
        WarehouseChoice warehouse = settings.definition().warehouse();
        Optional<Server> running = running(settings.data());
        if (running.isPresent()) {
            requireSame(warehouse, settings.data());
            Optional<AwsClients> aws = storage(settings).map(account -> AwsClients.at(settings.aws(), account));
            return new Reach(running.get(), warehouse, aws);
        }
        Feedline own = Feedline.start(settings);
        return new Reach(own.server(), warehouse, own.aws(), Finally.of(own::close));
    }

    /// Reaches a Feedline of this process.
    public static Reach of(Feedline feedline) {
        return new Reach(feedline.server(), feedline.warehouse(), feedline.aws(), null);
    }

    /// Reaches a server that was found before, whose storage and warehouse are its own.
    public static Reach at(Server server) {
        return new Reach(server, new WarehouseChoice.Embedded(), Optional.empty(), null);
    }

    /// The server's definition and the command's may be two files; of two warehouses one would be the wrong one.
    private static void requireSame(WarehouseChoice wanted, Path data) throws IOException {
        Optional<String> here = ServerFile.ofRunning(data).flatMap(ServerFile::warehouse);
        Optional<String> asked =
                wanted instanceof WarehouseChoice.Account account ? Optional.of(account.place()) : Optional.empty();
        if (!here.equals(asked)) {
            throw new IOException("The server that runs on " + data + " has "
                    + here.map(place -> "its warehouse at " + place).orElse("its own warehouse")
                    + ", and the definition of this command "
                    + asked.map(place -> "one at " + place).orElse("names none")
                    + ". Name the server's definition with -f FILE.");
        }
    }

    /// Where the server's buckets are, if at AWS; a command's definition has to say the same.
    private static Optional<Account> storage(FeedlineSettings settings) throws IOException {
        Optional<Account> here = ServerFile.ofRunning(settings.data()).flatMap(ServerFile::storage);
        boolean asked = settings.definition().storage() == StorageChoice.AWS;
        if (here.isPresent() != asked) {
            throw new IOException("The server that runs on " + settings.data() + " has "
                    + here.map(account ->
                                    "its files in AWS's S3 (account " + account.id() + ", " + account.region() + ")")
                            .orElse("an S3 of its own")
                    + ", and the definition of this command says "
                    + (asked ? "that they are in AWS's" : "nothing of AWS's")
                    + ". Name the server's definition with -f FILE.");
        }
        return here;
    }

    public Server server() {
        return server;
    }

    /// Whether this process runs the Feedline itself.
    public boolean isOwn() {
        return own != null;
    }

    /// The pipeline's buckets.
    public Buckets buckets() {
        return aws.map(AwsClients::buckets).orElse(Buckets.EMBEDDED);
    }

    /// The S3 that the pipeline's buckets are in.
    public S3Client s3() {
        return aws.map(AwsClients::s3).orElseGet(this::ownS3);
    }

    private S3Client ownS3() {
        return configured(S3Client.builder()
                        .forcePathStyle(true)
                        // Java's URL connection loses a refusal, and a lost connection, that comes instead of 100
                        // Continue.
                        .serviceConfiguration(service -> service.expectContinueEnabled(false))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED))
                .build();
    }

    public SqsClient sqs() {
        return aws.map(AwsClients::sqs)
                .orElseGet(() -> configured(SqsClient.builder()).build());
    }

    public KinesisClient kinesis() {
        return configured(KinesisClient.builder()).build();
    }

    public FirehoseClient firehose() {
        return configured(FirehoseClient.builder()).build();
    }

    public LambdaClient lambda() {
        return configured(LambdaClient.builder()).build();
    }

    public GlueClient glue() {
        return configured(GlueClient.builder()).build();
    }

    public IamClient iam() {
        return configured(IamClient.builder()).build();
    }

    public StsClient sts() {
        return configured(StsClient.builder()).build();
    }

    /// A session of the pipeline's warehouse.
    public SnowflakeClient warehouse() throws IOException {
        if (warehouse instanceof WarehouseChoice.Account account) {
            return DriverClient.of(account, System.getenv(), System.err::println);
        }
        return SnowflakeClient.logIn(
                server.endpoint(), server.keys().snowflakeUser(), server.keys().snowflakePassword());
    }

    @Override
    public synchronized void close() {
        if (http != null) {
            http.close();
        }
        if (ownsAws) {
            aws.ifPresent(AwsClients::close);
        }
        if (own != null) {
            own.close();
        }
    }

    private <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B configured(B builder) {
        Keys keys = server.keys();
        return builder.endpointOverride(server.endpoint())
                .region(Region.of(server.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())))
                .httpClient(http());
    }

    private synchronized SdkHttpClient http() {
        SdkHttpClient client = http;
        if (client == null) {
            client = isPlain()
                    // With a factory of ours the SDK does not read the machine's certificates, which takes longer than
                    // a whole command.
                    ? UrlConnectionHttpClient.create(Reach::plainConnection)
                    : UrlConnectionHttpClient.create();
            http = client;
        }
        return client;
    }

    private boolean isPlain() {
        return "http".equals(server.endpoint().getScheme());
    }

    /// The SDK sets no timeouts on connections of somebody else's making.
    static HttpURLConnection plainConnection(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) LONGEST_CONNECT.toMillis());
            connection.setReadTimeout((int) LONGEST_SILENCE.toMillis());
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
