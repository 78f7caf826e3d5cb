package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.firehose.EmbeddedFirehose;
import dev.feedline.glue.EmbeddedGlue;
import dev.feedline.iam.EmbeddedIam;
import dev.feedline.iam.EmbeddedSts;
import dev.feedline.kinesis.EmbeddedKinesis;
import dev.feedline.lambda.EmbeddedLambda;
import dev.feedline.s3.EmbeddedS3;
import dev.feedline.sqs.EmbeddedSqs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// `docs/coverage.md`: the AWS operations that work, told by the contract tests.
///
/// @param uncovered operations that a room overrides and no test called
record CoveragePage(String text, List<String> uncovered) {
    private static final List<Service> SERVICES = List.of(
            new Service("S3", S3Client.class, EmbeddedS3.class),
            new Service("SQS", SqsClient.class, EmbeddedSqs.class),
            new Service("Kinesis Data Streams", KinesisClient.class, EmbeddedKinesis.class),
            new Service("Data Firehose", FirehoseClient.class, EmbeddedFirehose.class),
            new Service("Lambda", LambdaClient.class, EmbeddedLambda.class),
            new Service("Glue", GlueClient.class, EmbeddedGlue.class),
            new Service("IAM", IamClient.class, EmbeddedIam.class),
            new Service("STS", StsClient.class, EmbeddedSts.class));

    private static final String HEAD = """
            # What is covered of AWS

            An operation stands here when a test of the service's contract called it with the genuine SDK client over HTTP
            and was answered as AWS answers. Everything else is refused with `NotImplemented` and its name. This page is
            written by the tests (`HttpContractTest`), which fail when it is not true.

            | service | operations |
            |---|---|
            """;

    private record Service(String name, Class<?> port, Class<?> room) {}

    static CoveragePage of(CalledOperations called) {
        StringBuilder text = new StringBuilder(HEAD);
        List<String> uncovered = new ArrayList<>();
        for (Service service : SERVICES) {
            Set<String> overridden = CalledOperations.overridden(service.port(), service.room());
            Set<String> covered = new TreeSet<>(overridden);
            covered.retainAll(called.of(service.port()));
            overridden.removeAll(covered);
            overridden.forEach(operation -> uncovered.add(service.name() + " " + operation));
            text.append("| ")
                    .append(service.name())
                    .append(" (")
                    .append(covered.size())
                    .append(") | ");
            text.append(covered.stream().map(CoveragePage::asAwsWritesIt).collect(Collectors.joining(", ")));
            text.append(" |\n");
        }
        return new CoveragePage(text.toString(), uncovered);
    }

    /// Fails when the page says something else; `-Dfeedline.write` writes it instead.
    void compareWith(Path page) throws IOException {
        if (System.getProperty("feedline.write") != null) {
            Files.writeString(page, text);
        }
        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as("%s; -Dfeedline.write brings it up to date", page.getFileName())
                .isEqualTo(text);
    }

    private static String asAwsWritesIt(String method) {
        return '`' + method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1) + '`';
    }
}
