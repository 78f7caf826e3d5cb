package dev.feedline.gateway;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.KeyRing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// A gateway on a free port, with a small fake behind every protocol, and genuine clients for it.
final class TestGateway implements AutoCloseable {
    static final KeyRing.Key KEY = new KeyRing.Key(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            Arn.parse("arn:aws:iam::000000000000:root"));

    final TemporaryS3 s3;
    final FakeKinesis kinesis = new FakeKinesis();
    final Gateway gateway;

    TestGateway(Path folder, Door... doors) throws IOException {
        this(folder, GatewaySettings.of("127.0.0.1", 0), doors);
    }

    TestGateway(Path folder, GatewaySettings settings, Door... doors) throws IOException {
        s3 = new TemporaryS3(folder);
        List<Mounted> services = List.of(
                new Mounted("s3", S3Client.class, s3),
                new Mounted("kinesis", KinesisClient.class, kinesis),
                new Mounted("sqs", SqsClient.class, new FakeSqs()),
                new Mounted("lambda", LambdaClient.class, new FakeLambda()),
                new Mounted("sts", StsClient.class, new FakeSts()));
        KeyRing keys = id -> id.equals(KEY.accessKeyId()) ? Optional.of(KEY) : Optional.empty();
        gateway = Gateway.start(settings, services, keys, List.of(doors));
    }

    URI endpoint() {
        return gateway.endpoint();
    }

    S3Client s3Client() {
        return client(S3Client.builder().forcePathStyle(true), KEY.secret());
    }

    /// A genuine client that signs with this secret.
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String secret) {
        return client(builder, secret, "http://127.0.0.1:");
    }

    /// A genuine client that reaches the gateway by another of this machine's names.
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String secret, String base) {
        return builder.endpointOverride(URI.create(base + gateway.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY.accessKeyId(), secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
