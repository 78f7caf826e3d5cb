package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.testkit.glue.CatalogContractSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;

class EmbeddedCatalogTest extends CatalogContractSuite {
    @TempDir
    Path folder;

    private EmbeddedGlue glue;

    @BeforeEach
    void open() throws IOException {
        glue = EmbeddedGlue.open(folder, TestGround.with(InstantSource.system()), GlueSettings.of(Map.of()));
    }

    @AfterEach
    void close() {
        glue.close();
    }

    @Override
    protected GlueClient client() {
        return EmbeddedClient.around(GlueClient.class, glue);
    }

    @Test
    void theCatalogIsThereAfterAStopWithoutClosing() throws Exception {
        client().createDatabase(create -> create.databaseInput(database -> database.name("feeds")));
        client().createTable(create -> create.databaseName("feeds").tableInput(input -> input.name("orders")));

        try (EmbeddedGlue again =
                EmbeddedGlue.open(folder, TestGround.with(InstantSource.system()), GlueSettings.of(Map.of()))) {
            assertThat(again.getTable(get -> get.databaseName("feeds").name("orders"))
                            .table()
                            .versionId())
                    .isEqualTo("0");
        }
    }
}
