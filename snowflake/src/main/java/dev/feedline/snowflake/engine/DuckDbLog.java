package dev.feedline.snowflake.engine;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Disk.DiskFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;

/// The log beside a DuckDB database, looked at before DuckDB opens it.
///
/// DuckDB refuses to open a log in which an entry's checksum is wrong. That is what a power cut
/// leaves of the commit that it tore: pages of it may be on the disk, and pages before them not.
/// Each commit is forced before the next is written, so when no commit ends behind the damage but
/// at the very end of the log, it was torn and never acknowledged, and the log is cut there; else
/// the log is damaged, and refused.
///
/// Format, of DuckDB 1.2 to 2.0: a head, then entries, each a length and a checksum of eight
/// bytes, lowest byte first, and so many bytes. A commit ends with an entry that says no more
/// than that. Logs of another version are DuckDB's to judge.
final class DuckDbLog {
    private static final int VERSION_ENTRY = 98;
    private static final int VERSION = 2;
    private static final int FIELD_KIND = 100;
    private static final int FIELD_VERSION = 101;
    private static final int FIELD_DATABASE = 102;
    private static final int END = 0xFFFF;
    private static final int ENTRY_HEAD_BYTES = 16;
    private static final byte[] COMMIT = {FIELD_KIND, 0, 100, (byte) 0xFF, (byte) 0xFF};

    private final long size;
    private final DataInputStream in;
    private long at;

    private DuckDbLog(Path file, InputStream in) throws IOException {
        this.size = Files.size(file);
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    }

    /// Cuts off the commit that a power cut has torn, if there is one.
    ///
    /// @throws SQLException when commits that were acknowledged stand behind damage
    static void endBeforeTear(Path database, Disk disk) throws IOException, SQLException {
        Path file = database.resolveSibling(database.getFileName() + ".wal");
        if (!disk.exists(file)) {
            return;
        }
        long damage;
        try (InputStream in = Files.newInputStream(file)) {
            damage = new DuckDbLog(file, in).damage();
        }
        if (damage < 0) {
            return;
        }
        if (hasCommitsBehind(file, damage)) {
            throw new SQLException("the log " + file + " is damaged at byte " + damage
                    + ", and commits that were acknowledged stand behind it; nothing was changed or skipped");
        }
        try (DiskFile log = disk.open(file)) {
            log.truncate(damage);
            log.force();
        }
    }

    /// Where the first entry stands that is not whole; -1 when there is none, or the log is of
    /// another version.
    private long damage() throws IOException {
        try {
            if (littleEndian(Short.BYTES) != FIELD_KIND || varint() != VERSION_ENTRY) {
                return 0;
            }
            if (versionOfHead() != VERSION) {
                return -1;
            }
        } catch (EOFException e) {
            return -1; // not even a head: no commit
        }
        while (at + ENTRY_HEAD_BYTES <= size) {
            long entry = at;
            long length = littleEndian(Long.BYTES);
            long checksum = littleEndian(Long.BYTES);
            if (length < 0 || length > size - at || checksum(length) != checksum) {
                return entry;
            }
        }
        return -1; // DuckDB takes less than an entry's head for the log's end
    }

    private long versionOfHead() throws IOException {
        long version = -1;
        for (int field = (int) littleEndian(Short.BYTES); field != END; field = (int) littleEndian(Short.BYTES)) {
            long value = varint();
            if (field == FIELD_VERSION) {
                version = value;
            } else if (field == FIELD_DATABASE) {
                for (long i = 0; i < value; i++) {
                    varint();
                }
            }
        }
        return version;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = in.readUnsignedByte();
            at++;
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        return value;
    }

    private long littleEndian(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.readUnsignedByte() << i * Byte.SIZE;
        }
        at += bytes;
        return value;
    }

    private long checksum(long length) throws IOException {
        DuckDbChecksum sum = new DuckDbChecksum();
        long left = length;
        for (; left >= Long.BYTES; left -= Long.BYTES) {
            sum.add(littleEndian(Long.BYTES));
        }
        return left == 0 ? sum.value() : sum.valueWith(littleEndian((int) left), (int) left);
    }

    /// Whether the entry that ends a commit stands somewhere behind the damage, and not as the
    /// log's last bytes.
    private static boolean hasCommitsBehind(Path file, long damage) throws IOException {
        byte[] end = endOfCommit();
        long size = Files.size(file);
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            bytes.skipNBytes(damage);
            byte[] window = bytes.readNBytes(end.length);
            for (long next = damage + end.length; next < size; next++) {
                if (Arrays.equals(window, end)) {
                    return true;
                }
                System.arraycopy(window, 1, window, 0, window.length - 1);
                window[window.length - 1] = (byte) bytes.read();
            }
        }
        return false;
    }

    private static byte[] endOfCommit() {
        byte[] entry = new byte[ENTRY_HEAD_BYTES + COMMIT.length];
        long content = 0;
        for (int i = COMMIT.length - 1; i >= 0; i--) {
            content = content << Byte.SIZE | COMMIT[i] & 0xFF;
        }
        long checksum = new DuckDbChecksum().valueWith(content, COMMIT.length);
        entry[0] = (byte) COMMIT.length;
        for (int i = 0; i < Long.BYTES; i++) {
            entry[Long.BYTES + i] = (byte) (checksum >>> i * Byte.SIZE);
        }
        System.arraycopy(COMMIT, 0, entry, ENTRY_HEAD_BYTES, COMMIT.length);
        return entry;
    }
}
