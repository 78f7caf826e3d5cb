package dev.feedline.kinesis.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The head of one record in a segment; the partition key and the data follow it.
///
/// | bytes | content |
/// |---|---|
/// | 4 | `FLR1`, to find records again behind damage |
/// | 4 | CRC32C of all that follows, head and body |
/// | 4 | length of the body |
/// | 2 | kind |
/// | 2 | length of the partition key, the first part of the body |
/// | 8 | index |
/// | 8 | arrival, milliseconds since 1970 |
/// | 8 | how much of the segment was on disk before this record was written |
///
/// The last tells a torn write from damage: after a power cut any page of an unforced batch may be
/// missing, but bytes before a later record's `durable` had been forced, and perhaps acknowledged.
///
/// @param position where the frame begins in its segment
/// @param bodyBytes length of the body
record Frame(long position, Kind kind, int keyBytes, int bodyBytes, long index, long arrivalMillis, long durable) {
    static final int HEAD_BYTES = 40;
    static final int MAGIC = 0x464C5231;
    /// The largest record of AWS (10 MiB with its key), and room for a key of 256 characters.
    static final int LARGEST_BODY_BYTES = 10 * 1024 * 1024 + 1024;

    /// What a frame is for.
    enum Kind {
        RECORD,
        /// Written when the log is closed in order: all before it is on disk, so none of it can be
        /// a torn tail.
        MARK
    }

    static Frame record(long position, Entry entry, long index, long arrivalMillis, long durable) {
        return new Frame(position, Kind.RECORD, entry.key().length, entry.bodyBytes(), index, arrivalMillis, durable);
    }

    /// @param index the index the next record will have
    static Frame mark(long position, long index, long arrivalMillis) {
        return new Frame(position, Kind.MARK, 0, 0, index, arrivalMillis, position);
    }

    long end() {
        return position + HEAD_BYTES + bodyBytes;
    }

    /// The head as bytes, with the checksum over itself and the body.
    ByteBuffer head(byte[] key, byte[] data) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        head.putInt(MAGIC).putInt(0).putInt(bodyBytes);
        head.putShort((short) kind.ordinal()).putShort((short) keyBytes);
        head.putLong(index).putLong(arrivalMillis).putLong(durable);
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 8, HEAD_BYTES - 8);
        crc.update(key);
        crc.update(data);
        return head.putInt(4, (int) crc.getValue()).rewind();
    }
}
