package dev.feedline.snowflake.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.snowflake.copy.StagedFile;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is loaded in one transaction is bounded in bytes, too.
class PipeBatchTest {
    @Test
    void aBatchEndsBeforeTheFileThatIsTooMuch() {
        assertThat(sizes(10, 4, 4, 4, 1)).containsExactly(4L, 4L);
        assertThat(sizes(10, 10, 1)).containsExactly(10L);
        assertThat(sizes(10, 1, 2, 3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aFileThatIsTooLargeGoesAlone() {
        assertThat(sizes(10, 11, 1)).containsExactly(11L);
    }

    private static List<Long> sizes(long most, long... files) {
        Instant at = Instant.parse("2026-11-22T10:00:00Z");
        List<WaitingFiles.Waiting> waiting = LongStream.of(files)
                .mapToObj(size ->
                        new WaitingFiles.Waiting(size, "pipe", new StagedFile("lake", "key", size, "etag", at), at))
                .toList();
        return PipeLoader.upTo(most, waiting).stream()
                .map(one -> one.file().size())
                .toList();
    }
}
