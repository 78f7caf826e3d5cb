package dev.feedline.kinesis.log;

import dev.feedline.kernel.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The first bytes of a segment file.
///
/// @param base the index of its first record
/// @param previousBytes the size of the segment before it, which was complete and forced when this
///     one was made
/// @param latestBefore the latest arrival of any record before this segment; with it, retention and
///     a search by time need not open the segments before
record SegmentHead(long base, long createdMillis, long previousBytes, long latestBefore) {
    static final int BYTES = 48;
    private static final long MAGIC = 0x464C5345474D3031L; // FLSEGM01, with the version of the format

    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC)
                .putLong(base)
                .putLong(createdMillis)
                .putLong(previousBytes)
                .putLong(latestBefore);
        return bytes.putInt(checksum(bytes)).putInt(0).rewind();
    }

    static SegmentHead read(Path path, DiskFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, bytes.position()) < 0) {
                throw new CorruptLogException(path, bytes.position(), "it ends within its head");
            }
        }
        if (bytes.getLong(0) != MAGIC || bytes.getInt(BYTES - 8) != checksum(bytes) || bytes.getInt(BYTES - 4) != 0) {
            throw new CorruptLogException(path, 0, "its head is not what was written");
        }
        return new SegmentHead(bytes.getLong(8), bytes.getLong(16), bytes.getLong(24), bytes.getLong(32));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, BYTES - 8);
        return (int) crc.getValue();
    }
}
