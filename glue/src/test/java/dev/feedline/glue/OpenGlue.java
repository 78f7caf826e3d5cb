package dev.feedline.glue;

import dev.feedline.kernel.EmbeddedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;

/// Glue in a folder, opened at its first use: a suite's own preparations come before those of its subclass.
final class OpenGlue implements AutoCloseable {
    private final GlueSettings settings;
    private @Nullable EmbeddedGlue glue;

    OpenGlue() {
        this(GlueSettings.of(Map.of()));
    }

    OpenGlue(GlueSettings settings) {
        this.settings = settings;
    }

    GlueClient in(Path folder) {
        try {
            if (glue == null) {
                glue = EmbeddedGlue.open(folder, TestGround.with(InstantSource.system()), settings);
            }
            return EmbeddedClient.around(GlueClient.class, glue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (glue != null) {
            glue.close();
        }
    }
}
