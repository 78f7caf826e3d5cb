package dev.feedline.snowflake.copy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parquet files of one shape that wait for one INSERT, and the first one behind them that does not go with them.
///
/// Their local bytes are given back when they are loaded, or when this is closed.
final class JointFiles implements AutoCloseable {
    static final int MOST = 32;

    /// Their bytes lie here twice until then, where the objects are on another machine.
    static final long MOST_BYTES = 256L << 20;

    private final List<ParquetFile> files = new ArrayList<>();
    private long bytes;
    private @Nullable ParquetFile next;

    /// Not while they are [#isComplete].
    void add(ParquetFile file) {
        if (isComplete()) {
            throw new IllegalStateException("these are to be loaded first: " + files);
        }
        if (fits(file)) {
            files.add(file);
            bytes += file.local().staged().size();
        } else {
            next = file;
        }
    }

    private boolean fits(ParquetFile file) {
        return files.isEmpty()
                || (files.size() < MOST
                        && bytes + file.local().staged().size() <= MOST_BYTES
                        && files.getFirst()
                                .footer()
                                .shape()
                                .equals(file.footer().shape()));
    }

    /// Whether they are to be loaded before another file may come.
    boolean isComplete() {
        return next != null;
    }

    List<ParquetFile> files() {
        return List.copyOf(files);
    }

    /// They are done with; the one behind them is the first of those that wait now.
    void loaded() {
        ParquetFile first = next;
        next = null;
        closeFiles();
        if (first != null) {
            add(first);
        }
    }

    private void closeFiles() {
        List<ParquetFile> done = files();
        files.clear();
        bytes = 0;
        done.forEach(file -> file.local().close());
    }

    @Override
    public void close() {
        closeFiles();
        if (next != null) {
            next.local().close();
        }
    }
}
