package dev.feedline.glue;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.testkit.glue.PartitionContractSuite;
import dev.feedline.testkit.glue.TableSearchContractSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;

class EmbeddedPartitionsTest {
    @TempDir
    Path folder;

    private EmbeddedGlue glue;

    /// The suites' own preparations come before those of their subclasses, and after these.
    @BeforeEach
    void open() throws IOException {
        glue = EmbeddedGlue.open(folder, TestGround.with(InstantSource.system()), GlueSettings.of(Map.of()));
    }

    @AfterEach
    void close() {
        glue.close();
    }

    @Nested
    class Partitions extends PartitionContractSuite {
        @Override
        protected GlueClient client() {
            return EmbeddedClient.around(GlueClient.class, glue);
        }
    }

    @Nested
    class Searches extends TableSearchContractSuite {
        @Override
        protected GlueClient client() {
            return EmbeddedClient.around(GlueClient.class, glue);
        }
    }
}
