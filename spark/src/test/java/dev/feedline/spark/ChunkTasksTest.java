package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ReadyChunk;
import dev.feedline.convert.Run;
import dev.feedline.convert.RunAt;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTasksTest {
    @Test
    void fewChunksAreATaskEachTheLargestFirst() {
        var tasks = ChunkTasks.of(List.of(chunk(0, 10), chunk(1, 30), chunk(2, 20)), 2);
        assertThat(tasks).containsExactly(List.of(chunk(1, 30)), List.of(chunk(2, 20)), List.of(chunk(0, 10)));
    }

    @Test
    void manyChunksAreGroupsOfAboutEqualSizeAndEachIsInOne() {
        List<ReadyChunk> chunks =
                IntStream.range(0, 5000).mapToObj(i -> chunk(i, 1 + i % 100)).toList();
        var tasks = ChunkTasks.of(chunks, 4);
        assertThat(tasks).hasSize(200);
        assertThat(tasks.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(chunks);
        var bytes = tasks.stream()
                .mapToLong(task -> task.stream().mapToLong(ReadyChunk::bytes).sum())
                .summaryStatistics();
        assertThat(bytes.getMax() - bytes.getMin()).isLessThanOrEqualTo(100);
    }

    private static ReadyChunk chunk(int number, long bytes) {
        return new ReadyChunk(
                "orders", new ChunkName("f", number), List.of(new RunAt("key", new Run(0, bytes, 1, 1, 1))));
    }
}
