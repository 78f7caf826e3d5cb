package dev.feedline.s3;

import dev.feedline.testkit.s3.CopyContractSuite;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class CopyTest extends CopyContractSuite {
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
    protected S3Client client() {
        return workbench.client();
    }
}
