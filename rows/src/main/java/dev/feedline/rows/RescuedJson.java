package dev.feedline.rows;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects what goes to `_RESCUED` as one JSON object of the row's shape, while the row is read.
///
/// Objects and arrays are opened only when something in them is rescued, and closed when the reader
/// leaves them.
final class RescuedJson {
    private final RowPath path;
    private final StringBuilder out = new StringBuilder();
    private int[] written = new int[16]; // members or elements written, per open level
    private int open; // levels opened in `out`

    RescuedJson(RowPath path) {
        this.path = path;
    }

    void reset() {
        out.setLength(0);
        open = 0;
    }

    /// Puts the value that the reader is at.
    void add(String json) {
        for (int level = 0; level < path.depth(); level++) {
            boolean isOpen = level < open;
            if (!isOpen) {
                openLevel(level);
            }
            if (level + 1 >= open) {
                writeSegment(level);
            }
        }
        out.append(json);
    }

    /// The reader leaves the object or array that is `level` deep.
    void leave(int level) {
        if (level < open) {
            out.append(path.name(level) != null ? '}' : ']');
            open = level;
        }
    }

    /// All of it, or null when nothing was rescued.
    @Nullable
    String json() {
        return out.length() == 0 ? null : out.toString();
    }

    private void openLevel(int level) {
        if (level == written.length) {
            written = Arrays.copyOf(written, 2 * level);
        }
        written[level] = 0;
        open = level + 1;
        out.append(path.name(level) != null ? '{' : '[');
    }

    private void writeSegment(int level) {
        if (written[level] > 0) {
            out.append(',');
        }
        String name = path.name(level);
        if (name != null) {
            JsonText.quote(out, name).append(':');
            written[level]++;
        } else {
            for (; written[level] < path.index(level); written[level]++) {
                out.append("null,");
            }
            written[level]++;
        }
    }
}
