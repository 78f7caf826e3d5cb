package dev.feedline.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes the rows of a conversion, good or bad, that are not written as most rows are, in the input's order: only
/// they can tell of columns that nobody knew when it began.
public interface UnusualRows {
    /// Of one block, without what a list takes beside its rows.
    int MOST_BYTES = 4 << 20;

    /// Takes those of a block before any of it is written. What it throws ends the conversion.
    void take(OfBlock rows) throws IOException;

    /// The unusual rows of one block, as far as they are kept.
    final class OfBlock {
        static final OfBlock NONE = new OfBlock(0);

        private final List<byte[]> rows = new ArrayList<>();
        private final int mostBytes;
        private int bytes;
        private boolean areAll = true;

        OfBlock(int mostBytes) {
            this.mostBytes = mostBytes;
        }

        void keep(byte[] source, int from, int to) {
            areAll &= to - from <= mostBytes - bytes;
            if (areAll) {
                rows.add(Arrays.copyOfRange(source, from, to));
                bytes += to - from;
            }
        }

        public List<byte[]> rows() {
            return rows;
        }

        /// Whether the block has no others.
        public boolean areAll() {
            return areAll;
        }
    }
}
