package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.feeds.FileState.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Bells only make things faster: without one a file still arrives, and the server still stops.
class WithoutBellsTest {
    /// Far less than the lifecycle's ten minutes; each hop waits a second at most.
    @Test
    @Timeout(120)
    void aFileArrivesAndTheServerStops(@TempDir Path folder) throws Exception {
        try (TestingFeedline feedline = TestingFeedline.startWithoutBells(folder, "feeds: { orders: {} }")) {
            assertThat(feedline.put("orders/1.jsonl", "{\"a\":1}\n".getBytes(UTF_8))
                            .state())
                    .isEqualTo(State.BALANCED);
        }
    }
}
