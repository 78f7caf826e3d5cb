package dev.feedline.sqs;

import dev.feedline.testkit.sqs.QueueContractSuite;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

class QueueTest extends QueueContractSuite {
    @TempDir
    private static Path folder;

    private static Workbench workbench;

    @BeforeAll
    static void open() throws IOException {
        workbench = new Workbench(folder);
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    @Override
    protected SqsClient client() {
        return workbench.client();
    }
}
