package dev.feedline.glue;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.glue.RecrawlContractSuite;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

class EmbeddedRecrawlsTest extends RecrawlContractSuite {
    @TempDir
    private Path folder;

    private final S3Client s3 = EmbeddedClient.around(S3Client.class, new InMemoryS3(InstantSource.system()));
    private final OpenGlue glue = new OpenGlue(GlueSettings.of(Map.of()).crawling(s3));

    @AfterEach
    void close() {
        glue.close();
    }

    @Override
    protected GlueClient client() {
        return glue.in(folder);
    }

    @Override
    protected S3Client s3() {
        return s3;
    }
}
