package dev.feedline.glue;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.testkit.glue.JobContractSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;

class EmbeddedJobsTest extends JobContractSuite {
    @TempDir
    Path folder;

    private EmbeddedGlue glue;

    @BeforeEach
    void open() throws IOException {
        Map<String, GlueJob> jobs = Map.of(
                "contract-succeed", run -> {},
                "contract-fail",
                        run -> {
                            throw new IllegalStateException("the disk is made of cheese");
                        },
                "contract-wait", EmbeddedJobsTest::waitUntilStopped);
        glue = EmbeddedGlue.open(folder, TestGround.with(InstantSource.system()), GlueSettings.of(jobs));
        glue.start();
    }

    @AfterEach
    void close() {
        glue.close();
    }

    @Override
    protected GlueClient client() {
        return EmbeddedClient.around(GlueClient.class, glue);
    }

    static void waitUntilStopped(GlueJobRun run) throws InterruptedException {
        while (true) {
            run.checkStopped();
            Thread.sleep(1);
        }
    }
}
