package dev.feedline.app;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.firehose.EmbeddedFirehose;
import dev.feedline.glue.EmbeddedGlue;
import dev.feedline.glue.GlueJob;
import dev.feedline.glue.GlueJobRun;
import dev.feedline.glue.GlueSettings;
import dev.feedline.kinesis.EmbeddedKinesis;
import dev.feedline.lambda.EmbeddedLambda;
import dev.feedline.lambda.LambdaSettings;
import dev.feedline.s3.EmbeddedS3;
import dev.feedline.sqs.EmbeddedSqs;
import dev.feedline.testkit.firehose.FirehoseContractSuite;
import dev.feedline.testkit.glue.JobContractSuite;
import dev.feedline.testkit.lambda.InMemoryQueues;
import dev.feedline.testkit.lambda.LambdaContractSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract suites of the services that work by themselves (delivery streams, job runs, functions), through the
/// genuine
/// SDK clients over HTTP.
class HttpWorkContractTest {
    @TempDir
    private Path folder;

    private ServedRoom served;
    private Reach reach;

    @BeforeEach
    void open() {
        served = new ServedRoom(folder);
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Nested
    class Jobs extends JobContractSuite {
        @BeforeEach
        void serve() throws IOException {
            Map<String, GlueJob> jobs = Map.of(
                    "contract-succeed", run -> {},
                    "contract-fail",
                            run -> {
                                throw new IllegalStateException("the disk is made of cheese");
                            },
                    "contract-wait", HttpWorkContractTest::waitUntilStopped);
            EmbeddedGlue glue =
                    served.add(EmbeddedGlue.open(served.at("glue"), served.ground(), GlueSettings.of(jobs)));
            glue.start();
            reach = served.serve(List.of(ServedRoom.mounted("glue", GlueClient.class, glue)));
        }

        @Override
        protected GlueClient client() {
            return reach.glue();
        }
    }

    @Nested
    class Functions extends LambdaContractSuite {
        @BeforeEach
        void serve() throws IOException {
            Map<String, RequestStreamHandler> handlers = Map.of(
                    "contract-echo",
                    (input, output, context) -> input.transferTo(output),
                    "contract-fail",
                    (input, output, context) -> {
                        throw new IllegalStateException("no cheese left");
                    },
                    "contract-log",
                    (input, output, context) -> {
                        context.getLogger().log("a line from inside");
                        String answer =
                                "[\"" + context.getAwsRequestId() + "\",\"" + context.getInvokedFunctionArn() + "\"]";
                        output.write(answer.getBytes(StandardCharsets.UTF_8));
                    });
            InMemoryQueues queues = new InMemoryQueues();
            EmbeddedS3 s3 = served.add(EmbeddedS3.open(served.at("s3"), served.ground(), new NoFunctions(), queues));
            EmbeddedLambda lambda = served.add(
                    EmbeddedLambda.open(served.at("lambda"), served.ground(), s3, queues, LambdaSettings.of(handlers)));
            lambda.start();
            reach = served.serve(List.of(ServedRoom.mounted("lambda", LambdaClient.class, lambda)));
        }

        @Override
        protected LambdaClient client() {
            return reach.lambda();
        }
    }

    @Nested
    class DeliveryStreams extends FirehoseContractSuite {
        /// The suite's own preparations come before those of this class, so whoever comes first serves.
        private Reach reach() {
            if (reach == null) {
                try {
                    reach = serve();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return reach;
        }

        private Reach serve() throws IOException {
            EmbeddedSqs sqs = served.add(
                    EmbeddedSqs.open(served.at("sqs"), served.ground(), () -> URI.create("http://127.0.0.1/")));
            EmbeddedS3 s3 = served.add(EmbeddedS3.open(served.at("s3"), served.ground(), new NoFunctions(), sqs));
            EmbeddedKinesis kinesis = served.add(EmbeddedKinesis.open(served.at("kinesis"), served.ground()));
            EmbeddedFirehose firehose =
                    served.add(EmbeddedFirehose.open(served.at("firehose"), served.ground(), kinesis, s3));
            firehose.start();
            return served.serve(List.of(
                    ServedRoom.mounted("s3", S3Client.class, s3),
                    ServedRoom.mounted("kinesis", KinesisClient.class, kinesis),
                    ServedRoom.mounted("firehose", FirehoseClient.class, firehose)));
        }

        @Override
        protected FirehoseClient client() {
            return reach().firehose();
        }

        @Override
        protected KinesisClient kinesis() {
            return reach().kinesis();
        }

        @Override
        protected S3Client s3() {
            return reach().s3();
        }
    }

    /// Refuses every call by its default: no bucket of these tests has a notification.
    private static final class NoFunctions implements LambdaClient {
        @Override
        public String serviceName() {
            return "lambda";
        }

        @Override
        public void close() {}
    }

    private static void waitUntilStopped(GlueJobRun run) throws InterruptedException {
        while (true) {
            run.checkStopped();
            Thread.sleep(1);
        }
    }
}
