package dev.feedline.app.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The volume of the data folder: its room, its kind, and whether and how fast it forces what is written.
final class DiskCheck {
    private static final long MEASURED_NANOS = 1_000_000_000L;
    private static final int RECORD_BYTES = 4096;
    /// Faster than any medium that keeps data without power is known to be.
    private static final double TOO_FAST = 50_000;
    private static final double SLOW = 30;
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "fuse", "fuse.sshfs");

    private final Path data;

    DiskCheck(Path data) {
        this.data = data;
    }

    List<Finding> look() throws IOException {
        Path folder = Nearest.existing(data);
        FileStore store = Files.getFileStore(folder);
        List<Finding> findings = new ArrayList<>(List.of(room(store), kind(store)));
        if (Files.isWritable(folder) && Files.isExecutable(folder)) {
            findings.add(forcing(folder));
        }
        return findings;
    }

    private static Finding room(FileStore store) throws IOException {
        long free = store.getUsableSpace();
        long total = Math.max(1, store.getTotalSpace());
        double percent = 100.0 * free / total;
        String said = String.format(Locale.ROOT, "%s of %s are free (%.0f %%)", size(free), size(total), percent);
        String advice = "Make room, or move the data folder to a larger volume.";
        if (percent < 5 || free < 256L << 20) {
            return Finding.fail("disk room", said, advice);
        }
        return percent < 15 ? Finding.warn("disk room", said, advice) : Finding.ok("disk room", said);
    }

    private static Finding kind(FileStore store) {
        String said = store.type() + " on " + store.name();
        if (IN_MEMORY.contains(store.type())) {
            return Finding.warn(
                    "file system",
                    said + ": it is memory, and gone with the machine's power",
                    "Use a folder on a disk.");
        }
        return REMOTE.contains(store.type())
                ? Finding.warn(
                        "file system",
                        said + ": its locks and forced writes are only as good as the server's",
                        "Use a local disk for what must not be lost.")
                : Finding.ok("file system", said);
    }

    /// Appends and forces small records for a second, as the logs do.
    private static Finding forcing(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "feedline-doctor", ".tmp");
        try {
            List<Long> times = measure(file);
            double rate = times.size()
                    * 1e9
                    / times.stream().mapToLong(Long::longValue).sum();
            Collections.sort(times);
            String said = String.format(
                    Locale.ROOT,
                    "%,.0f forced writes of 4 KiB a second, median %.2f ms, slowest of a hundred %.2f ms",
                    rate,
                    times.get(times.size() / 2) / 1e6,
                    times.get(times.size() * 99 / 100) / 1e6);
            if (rate > TOO_FAST) {
                return Finding.warn(
                        "fsync",
                        said + ": too fast for a medium that keeps them without power",
                        "Check that no library or mount option (eatmydata, nobarrier) takes fsync away.");
            }
            return rate < SLOW
                    ? Finding.warn("fsync", said, "Every upload waits for a few of them; use a faster disk.")
                    : Finding.ok("fsync", said);
        } catch (IOException e) {
            return Finding.fail(
                    "fsync", "a forced write failed: " + e.getMessage(), "Check the disk; Feedline stops at this.");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static List<Long> measure(Path file) throws IOException {
        List<Long> times = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            while (times.isEmpty() || System.nanoTime() - begin < MEASURED_NANOS) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(RECORD_BYTES));
                channel.force(false);
                times.add(System.nanoTime() - start);
            }
        }
        return times;
    }

    private static String size(long bytes) {
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / 1073741824.0);
    }
}
