package dev.feedline.feeds.ingest;

import dev.feedline.convert.Spool;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.Flaw;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// The rows of one chunk, spooled, so that they can be gone through as often as judging needs.
///
/// @param start behind the last row before the chunk
/// @param end behind the chunk's last row
/// @param last whether the file ends here
record ChunkRows(Position start, Position end, boolean last, Spool spool) implements Closeable {
    /// How a row is spooled, in one byte: whole, too long, or flawed with its code and detail behind it.
    private static final int TOO_LONG = 1;

    private static final int FLAWED = 2;

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
            for (SourceRow next = rows.peek();
                    next != null && rows.position().offset() - start.offset() < targetBytes;
                    next = rows.peek()) {
                write(next.row(), out);
                rows.advance();
            }
            return new ChunkRows(start, rows.position(), rows.peek() == null, spool);
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
        Flaw flaw = row.flaw();
        out.writeByte((row.tooLong() ? TOO_LONG : 0) | (flaw == null ? 0 : FLAWED));
        if (flaw != null) {
            out.writeUTF(flaw.code().text());
            out.writeUTF(flaw.detail());
        }
        out.writeInt(row.bytes().length);
        out.write(row.bytes());
    }

    private static RawRow read(long number, DataInputStream in) throws IOException {
        long line = in.readLong();
        long offset = in.readLong();
        int how = in.readUnsignedByte();
        Flaw flaw = (how & FLAWED) == 0 ? null : new Flaw(BadRowCode.of(in.readUTF()), in.readUTF());
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new RawRow(number, line, offset, bytes, (how & TOO_LONG) != 0, flaw);
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
