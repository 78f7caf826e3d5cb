package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Disk.DiskFile;
import dev.feedline.kernel.Trial;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A durable, ordered log of records in segment files.
///
/// Appending returns when the records are on disk; one thread writes and forces for all that wait.
/// Reading opens the files anew and reads by position, so it neither blocks writing nor is undone
/// by an interrupt of another reader, and it sees only what is on disk. Damage is an error that
/// names file and byte, and is never skipped.
public final class SegmentLog implements AutoCloseable {
    public static final long SEGMENT_BYTES = 64L * 1024 * 1024;

    private final Disk disk;
    private final LogWriter writer;
    private final SealedIndexes sealedIndexes;
    private final boolean verifies;

    /// What one reading gave.
    ///
    /// @param next where the next reading begins
    /// @param tip the index the next record of the log will have: `next == tip` when all was read
    public record Slice(List<LogRecord> records, long next, long tip) {}

    private SegmentLog(Disk disk, LogWriter writer, boolean verifies) {
        this.disk = disk;
        this.writer = writer;
        this.verifies = verifies;
        this.sealedIndexes = new SealedIndexes(disk, verifies);
    }

    /// Makes an empty log, whose first record will have index 1.
    public static void create(Path folder, Disk disk, InstantSource clock) throws IOException {
        disk.createDirectories(folder);
        if (disk.list(folder).stream().noneMatch(path -> path.toString().endsWith(Segment.SUFFIX))) {
            SegmentFiles.create(folder, disk, new SegmentHead(1, clock.millis(), 0, 0))
                    .file()
                    .close();
        }
    }

    /// Opens a log and recovers it.
    ///
    /// @param segmentBytes a segment is complete when it has as many bytes
    /// @param onCommit called by the writing thread each time more can be read
    /// @param onFailure told once when nothing more can be written
    /// @throws CorruptLogException when acknowledged records are damaged
    public static SegmentLog open(
            Path folder,
            Disk disk,
            InstantSource clock,
            long segmentBytes,
            Runnable onCommit,
            Consumer<? super Exception> onFailure)
            throws IOException {
        return open(folder, disk, clock, segmentBytes, onCommit, onFailure, Trial.NONE);
    }

    /// The same, with its defences as the trial has them.
    public static SegmentLog open(
            Path folder,
            Disk disk,
            InstantSource clock,
            long segmentBytes,
            Runnable onCommit,
            Consumer<? super Exception> onFailure,
            Trial trial)
            throws IOException {
        boolean verifies = trial.holds(Trial.Defence.CRC_CHECK);
        Recovery.Recovered recovered = new Recovery(disk, verifies).recover(folder);
        SegmentFiles files = new SegmentFiles(disk, clock, segmentBytes);
        return new SegmentLog(disk, new LogWriter(folder, files, recovered, onCommit, onFailure), verifies);
    }

    /// Appends the records as one unit, with consecutive indexes; the future ends when they are on
    /// disk.
    ///
    /// It fails with [dev.feedline.kernel.DiskFullException] when there is no room (nothing is
    /// kept, and a later try may succeed), with another [IOException] when the log has failed or is
    /// closed.
    public CompletableFuture<Appended> append(List<Entry> entries) {
        return writer.append(entries);
    }

    /// The oldest index that is kept.
    public long first() {
        return writer.view().first();
    }

    /// The index the next record will have.
    public long next() {
        return writer.view().next();
    }

    /// Reads records in order, at least one if there is any.
    ///
    /// @param from the first index wanted; what is older than the oldest kept is passed over
    public Slice read(long from, int maxRecords, long maxBytes) throws IOException {
        while (true) {
            View view = writer.view();
            try {
                return read(view, Math.max(from, view.first()), maxRecords, maxBytes);
            } catch (NoSuchFileException e) {
                if (writer.view().first() == view.first()) {
                    throw e;
                } // else retention has just deleted the segment
            }
        }
    }

    /// The first record that arrived at or after the moment; [#next] when there is none.
    public long firstSince(long millis) throws IOException {
        View view = writer.view();
        for (int i = 0; i < view.segments().size(); i++) {
            if (view.latest(i) >= millis) {
                return new SegmentReader(view, i, indexOf(view, i), disk, verifies).firstSince(millis);
            }
        }
        return view.next();
    }

    /// Deletes the segments whose records are all older than the moment.
    public void retainSince(long millis) throws IOException {
        writer.retainSince(millis);
    }

    /// Ends writing; what was appended is on disk. Reading ends with it.
    @Override
    public void close() {
        writer.close();
    }

    /// Closes the log and deletes its files and its folder.
    public void delete() throws IOException {
        close();
        delete(writer.folder(), disk);
    }

    /// Deletes the files and the folder of a log that is not open.
    public static void delete(Path folder, Disk disk) throws IOException {
        if (disk.exists(folder)) {
            for (Path file : disk.list(folder)) {
                disk.delete(file);
            }
            disk.delete(folder);
        }
    }

    private Slice read(View view, long from, int maxRecords, long maxBytes) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        long next = from;
        long bytes = 0;
        for (int i = view.segmentOf(from); i < view.segments().size() && next < view.next(); i++) {
            try (DiskFile file = disk.open(view.segments().get(i).path())) {
                SegmentReader reader = new SegmentReader(view, i, indexOf(view, i), disk, verifies);
                SegmentReader.Cursor cursor = reader.cursor(file, next);
                for (LogRecord record = cursor.next(); record != null; record = cursor.next()) {
                    bytes += record.data().length + record.partitionKey().length();
                    if (records.size() == maxRecords || (bytes > maxBytes && !records.isEmpty())) {
                        return new Slice(records, next, view.next());
                    }
                    records.add(record);
                    next = record.index() + 1;
                }
            }
        }
        return new Slice(records, next, view.next());
    }

    private SparseIndex indexOf(View view, int segment) throws IOException {
        return view.isActive(segment) ? view.activeIndex() : sealedIndexes.of(view, segment);
    }

    /// Where appended records are.
    ///
    /// @param first the index of the first of them
    public record Appended(long first, long arrivalMillis) {}
}
