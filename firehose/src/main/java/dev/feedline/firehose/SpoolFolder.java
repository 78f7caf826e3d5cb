package dev.feedline.firehose;

import dev.feedline.kernel.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Where temporary files are made; what an earlier process left there is deleted.
final class SpoolFolder {
    /// What the buffers of all delivery streams together hold in memory.
    static final long MEMORY_BYTES = 64L * 1024 * 1024;

    private final Disk disk;
    private final Path folder;
    private final MemoryBudget budget;
    private final AtomicLong names = new AtomicLong();

    private SpoolFolder(Disk disk, Path folder, MemoryBudget budget) {
        this.disk = disk;
        this.folder = folder;
        this.budget = budget;
    }

    static SpoolFolder open(Path folder, Disk disk, long memoryBytes) throws IOException {
        disk.createDirectories(folder);
        for (Path left : disk.list(folder)) {
            disk.delete(left);
        }
        return new SpoolFolder(disk, folder, new MemoryBudget(memoryBytes));
    }

    Spool spool() {
        return new Spool(disk, folder.resolve(names.incrementAndGet() + ".spool"), budget);
    }
}
