package dev.feedline.spark;

import dev.feedline.convert.ReadyChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Chunks shared out to tasks: one each, or groups of about equal size where there are very many.
final class ChunkTasks {
    /// Below this a chunk is a task of its own; a task costs its launch and a client.
    private static final int FEW = 200;
    private static final int TASKS_PER_CORE = 8;

    private ChunkTasks() {}

    /// The largest first, so that none of them begins last.
    ///
    /// @param cores how many tasks run at once
    static List<List<ReadyChunk>> of(List<ReadyChunk> chunks, int cores) {
        int tasks = Math.min(chunks.size(), Math.max(FEW, TASKS_PER_CORE * cores));
        PriorityQueue<Task> lightest = new PriorityQueue<>(Comparator.comparingLong(task -> task.bytes));
        for (int i = 0; i < tasks; i++) {
            lightest.add(new Task());
        }
        List<Task> all = new ArrayList<>(lightest);
        for (ReadyChunk chunk : largestFirst(chunks)) {
            Task task = lightest.remove();
            task.chunks.add(chunk);
            task.bytes += Math.max(1, chunk.bytes());
            lightest.add(task);
        }
        all.sort(Comparator.comparingLong((Task task) -> task.bytes).reversed());
        return all.stream().<List<ReadyChunk>>map(task -> task.chunks).toList();
    }

    private static List<ReadyChunk> largestFirst(List<ReadyChunk> chunks) {
        return chunks.stream()
                .sorted(Comparator.comparingLong(ReadyChunk::bytes).reversed())
                .toList();
    }

    private static final class Task {
        /// Sent to an executor, so a list that can be.
        private final ArrayList<ReadyChunk> chunks = new ArrayList<>();
        private long bytes;
    }
}
