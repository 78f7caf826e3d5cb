package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// Makes the segment files of a log.
///
/// @param segmentBytes a segment is complete when it has as many bytes
record SegmentFiles(Disk disk, InstantSource clock, long segmentBytes) {
    /// A segment just made, open for writing.
    record Fresh(Segment segment, DiskFile file) {}

    /// Makes the segment that goes on where the view ends.
    Fresh after(View view, Path folder) throws IOException {
        return create(folder, disk, new SegmentHead(view.next(), clock.millis(), view.end(), view.latest()));
    }

    /// A segment gets its name only when its head is on disk, so one without a whole head is always
    /// damage.
    ///
    /// The file is opened before it has its name: once it has, nothing more can fail, and the
    /// segment before is never written again.
    static Fresh create(Path folder, Disk disk, SegmentHead head) throws IOException {
        Path path = Segment.path(folder, head.base());
        Path fresh = folder.resolve("next");
        disk.delete(fresh);
        DiskFile file = disk.create(fresh);
        try {
            file.append(head.bytes());
            file.force();
            disk.rename(fresh, path);
            return new Fresh(new Segment(path, head), file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }
}
