package dev.feedline.app.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReliabilityPageTest {
    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

    /// `-Dfeedline.write` brings it up to date after a run's report was put into `docs/reliability`.
    @Test
    void thePageSaysWhatTheReportsSay() throws IOException {
        Path page = DOCS.resolve("reliability.md");
        String text = ReliabilityPage.read(DOCS.resolve("reliability")).text();
        if (System.getProperty("feedline.write") != null) {
            Files.writeString(page, text);
        }
        assertThat(Files.readString(page))
                .as("-Dfeedline.write brings it up to date")
                .isEqualTo(text);
    }
}
