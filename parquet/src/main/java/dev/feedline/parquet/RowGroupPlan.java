package dev.feedline.parquet;

import java.io.IOException;

/// Which blocks become one row group: those that come one after another, until they have enough rows
/// or would hold too much memory.
///
/// The threads that make parts of row groups ask in the blocks' order: each waits until the blocks
/// before its own have asked. So what is decided, and what becomes of the dictionaries, depends on the
/// blocks alone.
final class RowGroupPlan {
    private final long rowsOfGroup;
    private final long bytesOfGroup;
    private SharedDictionaries dictionaries;
    private long rows;
    private long bytes;
    private long next;
    private long failed = Long.MAX_VALUE;

    /// What a block is in its row group.
    ///
    /// @param dictionaries which all of the group's blocks share
    /// @param isLast whether the row group ends with it
    record Part(SharedDictionaries dictionaries, boolean isLast) {}

    /// @param rowsOfGroup a row group with so many rows, or more, is at its end
    /// @param bytesOfGroup one that holds so many bytes, or more, as well
    RowGroupPlan(int columns, long rowsOfGroup, long bytesOfGroup) {
        this.dictionaries = SharedDictionaries.of(columns);
        this.rowsOfGroup = rowsOfGroup;
        this.bytesOfGroup = bytesOfGroup;
    }

    /// Says what a block becomes, when its turn has come.
    ///
    /// @param block its number, counted from 0
    /// @param part its rows, all of them
    synchronized Part join(long block, RowGroupWriter part) throws IOException, InterruptedException {
        while (next < block && failed > block) {
            wait();
        }
        if (failed < block) {
            throw new IOException("a block before has failed");
        }
        var shared = dictionaries;
        if (part.rows() > 0) {
            // Whoever is alone in its group keeps its own dictionaries.
            if (rows > 0 || !isFull(part.rows(), part.partBytes())) {
                part.join(shared);
            }
            rows += part.rows();
            bytes += part.partBytes();
        }
        boolean isLast = isFull(rows, bytes + shared.bytes());
        if (isLast) {
            dictionaries = SharedDictionaries.of(shared.ofColumns().size());
            rows = 0;
            bytes = 0;
        }
        next++;
        notifyAll();
        return new Part(shared, isLast);
    }

    /// A block will not ask: those behind it need not wait.
    synchronized void giveUp(long block) {
        failed = Math.min(failed, block);
        notifyAll();
    }

    private boolean isFull(long rows, long bytes) {
        return rows >= rowsOfGroup || bytes >= bytesOfGroup;
    }
}
