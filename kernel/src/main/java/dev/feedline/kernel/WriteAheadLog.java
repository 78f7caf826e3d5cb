package dev.feedline.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The log beside a SQLite database, looked at before SQLite opens it.
///
/// SQLite takes a log as far as its checksums hold and forgets the rest without a word. That is right for the tail of a
/// power cut, which was never acknowledged; but when something good stands behind the damage, commits that had been
/// acknowledged would go with it. Each commit is forced before the next is begun, so a good frame behind a commit that
/// is at or behind the damage tells the two apart. Format: <https://sqlite.org/fileformat2.html#the_write_ahead_log>.
///
/// The pages of the one commit that a power cut tears may be on the disk in any combination: a bad frame with the salts
/// of an earlier round is what stood there before, and says nothing. What an earlier life tore would look like damage
/// behind a later tear, so [#startAnew] leaves nothing of it.
final class WriteAheadLog {
    private static final int HEAD_BYTES = 32;
    private static final int FRAME_HEAD_BYTES = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int SMALLEST_PAGE = 512;
    private static final int LARGEST_PAGE = 65_536;

    private final ByteBuffer bytes;
    private final ByteOrder words;
    private final int pageBytes;

    private WriteAheadLog(ByteBuffer bytes, ByteOrder words, int pageBytes) {
        this.bytes = bytes;
        this.words = words;
        this.pageBytes = pageBytes;
    }

    /// @throws IOException when acknowledged commits stand behind damage
    static void requireWhole(Path database, Disk disk) throws IOException {
        Path log = database.resolveSibling(database.getFileName() + "-wal");
        if (!disk.exists(log) || Files.size(log) <= HEAD_BYTES) {
            return;
        }
        long damage = damagedAt(ByteBuffer.wrap(Files.readAllBytes(log)));
        if (damage >= 0) {
            throw new IOException("The store " + database + " cannot be opened: its log " + log
                    + " is damaged at byte " + damage
                    + ", and commits that were acknowledged stand behind it. Nothing was"
                    + " changed or skipped: check the disk and restore the store with its log from a copy.");
        }
    }

    /// Moves the log's commits into the database, so that the log is empty.
    static void startAnew(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet moved = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (moved.getInt(1) != 0) {
                throw new SQLException("its log could not be moved into it: another process uses it");
            }
        }
    }

    /// Where acknowledged commits are damaged; -1 when at most the last commit, which may never have been, is.
    static long damagedAt(ByteBuffer bytes) {
        int magic = bytes.getInt(0);
        int pageBytes = bytes.getInt(8);
        boolean headIsGood = (magic & ~1) == MAGIC
                && pageBytes >= SMALLEST_PAGE
                && pageBytes <= LARGEST_PAGE
                && Integer.bitCount(pageBytes) == 1;
        if (!headIsGood) {
            return 0; // it is forced before the first frame is written, and there is one
        }
        WriteAheadLog log =
                new WriteAheadLog(bytes, (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, pageBytes);
        return log.headIsWhole() ? log.firstDamage() : 0;
    }

    private boolean headIsWhole() {
        long sum = sum(0, HEAD_BYTES - 8, 0, 0);
        return sum == stored(HEAD_BYTES - 8);
    }

    private long firstDamage() {
        long firstBad = -1;
        boolean commitSince = false;
        for (int at = HEAD_BYTES; at + frameBytes() <= bytes.capacity(); at += frameBytes()) {
            boolean good = isGood(at);
            if (good && commitSince) {
                return firstBad;
            }
            if (!good && firstBad < 0) {
                firstBad = at;
            }
            boolean commit = bytes.getInt(at + 4) != 0;
            commitSince |= firstBad >= 0 && commit && (isOfThisLog(at) || (at == firstBad && isNearlyOfThisLog(at)));
        }
        return -1;
    }

    private int frameBytes() {
        return FRAME_HEAD_BYTES + pageBytes;
    }

    /// What an earlier round of the log left behind has other salts.
    private boolean isOfThisLog(int at) {
        return bytes.getLong(at + 8) == bytes.getLong(16);
    }

    /// Damage changes a byte of the salts; those of another round differ in most of the eight.
    private boolean isNearlyOfThisLog(int at) {
        long different = bytes.getLong(at + 8) ^ bytes.getLong(16);
        int bytesDifferent = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytesDifferent += (different >>> shift & 0xFF) == 0 ? 0 : 1;
        }
        return bytesDifferent == 1;
    }

    /// Each sum goes on from the one before it, as that is stored.
    private boolean isGood(int at) {
        if (!isOfThisLog(at)) {
            return false;
        }
        long before = stored(at == HEAD_BYTES ? HEAD_BYTES - 8 : at - frameBytes() + FRAME_HEAD_BYTES - 8);
        long head = sum(at, 8, (int) (before >>> 32), (int) before);
        return sum(at + FRAME_HEAD_BYTES, pageBytes, (int) (head >>> 32), (int) head)
                == stored(at + FRAME_HEAD_BYTES - 8);
    }

    private long stored(int at) {
        return bytes.getLong(at);
    }

    private long sum(int from, int length, int first, int second) {
        ByteBuffer view = bytes.slice(from, length).order(words);
        int s0 = first;
        int s1 = second;
        while (view.hasRemaining()) {
            s0 += view.getInt() + s1;
            s1 += view.getInt() + s0;
        }
        return ((long) s0 << 32) | (s1 & 0xFFFFFFFFL);
    }
}
