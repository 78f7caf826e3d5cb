package dev.feedline.glue;

import dev.feedline.testkit.glue.PartitionContractSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;

class EmbeddedPartitionsTest extends PartitionContractSuite {
    private final OpenGlue glue = new OpenGlue();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        glue.close();
    }

    @Override
    protected GlueClient client() {
        return glue.in(folder);
    }
}
