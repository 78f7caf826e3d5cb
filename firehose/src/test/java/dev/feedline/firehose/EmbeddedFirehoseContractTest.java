package dev.feedline.firehose;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kinesis.EmbeddedKinesis;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.firehose.FirehoseContractSuite;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

class EmbeddedFirehoseContractTest extends FirehoseContractSuite {
    @TempDir
    static Path folder;

    private static EmbeddedKinesis kinesis;
    private static S3Client s3;
    private static EmbeddedFirehose firehose;

    @BeforeAll
    static void open() throws IOException {
        Ground ground = TestGround.on(InstantSource.system());
        kinesis = EmbeddedKinesis.open(folder.resolve("kinesis"), ground);
        s3 = oneAtATime(new InMemoryS3(ground.clock()));
        firehose = EmbeddedFirehose.open(folder.resolve("firehose"), ground, kinesis, s3);
        firehose.start();
    }

    @AfterAll
    static void close() {
        firehose.close();
        kinesis.close();
    }

    @Override
    protected FirehoseClient client() {
        return EmbeddedClient.around(FirehoseClient.class, firehose);
    }

    @Override
    protected KinesisClient kinesis() {
        return EmbeddedClient.around(KinesisClient.class, kinesis);
    }

    @Override
    protected S3Client s3() {
        return s3;
    }

    /// The in-memory S3 is not made for several threads.
    private static S3Client oneAtATime(InMemoryS3 memory) {
        Object lock = new Object();
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    synchronized (lock) {
                        try {
                            return method.invoke(memory, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }
}
