package dev.feedline.feeds.ingest;

import dev.feedline.convert.Spool;
import dev.feedline.rows.JsonLines.Position;
import dev.feedline.rows.RawRow;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of one chunk, spooled, so that they can be gone through as often as judging needs.
///
/// @param start behind the last row before the chunk
/// @param end behind the chunk's last row
/// @param last whether the file ends here
/// @param tail how the container was cut off, when the last row is what was left of it
record ChunkRows(
        Position start,
        Position end,
        boolean last,
        @Nullable String tail,
        Spool spool) implements Closeable {

    /// Takes a row.
    interface Taker {
        void take(RawRow row) throws IOException;
    }

    /// Cuts the next chunk: it ends with the row that brings it to `targetBytes`, or with the file. A pure function of
    /// the file.
    static ChunkRows cut(SourceRows rows, long targetBytes) throws IOException {
        Spool spool = new Spool();
        try {
            DataOutputStream out = new DataOutputStream(spool);
            Position start = rows.position();
            String tail = null;
            for (SourceRow next = rows.peek();
                    next != null && rows.position().offset() - start.offset() < targetBytes;
                    next = rows.peek()) {
                write(next.row(), out);
                tail = next.tail();
                rows.advance();
            }
            return new ChunkRows(start, rows.position(), rows.peek() == null, tail, spool);
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /// Hands over every row, in order.
    void each(Taker taker) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(spool.read(), 64 * 1024))) {
            for (long number = start.rows() + 1; number <= end.rows(); number++) {
                taker.take(read(number, in));
            }
        }
    }

    private static void write(RawRow row, DataOutputStream out) throws IOException {
        out.writeLong(row.line());
        out.writeLong(row.offset());
        out.writeBoolean(row.tooLong());
        out.writeInt(row.bytes().length);
        out.write(row.bytes());
    }

    private static RawRow read(long number, DataInputStream in) throws IOException {
        long line = in.readLong();
        long offset = in.readLong();
        boolean tooLong = in.readBoolean();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new RawRow(number, line, offset, bytes, tooLong);
    }

    /// Whether this row is the tail of a container that was cut off.
    boolean isTail(RawRow row) {
        return tail != null && row.number() == end.rows();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
