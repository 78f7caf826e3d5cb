package dev.feedline.kinesis;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.testkit.kinesis.KinesisContractSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

class EmbeddedKinesisContractTest extends KinesisContractSuite {
    @TempDir
    static Path folder;

    private static EmbeddedKinesis kinesis;

    @BeforeAll
    static void open() throws IOException {
        kinesis = EmbeddedKinesis.open(folder, TestGround.on(InstantSource.system()));
    }

    @AfterAll
    static void close() {
        kinesis.close();
    }

    @Override
    protected KinesisClient client() {
        return EmbeddedClient.around(KinesisClient.class, kinesis);
    }
}
