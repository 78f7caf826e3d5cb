package dev.feedline.rows;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where in the row the reader is: one segment per open object (a name) or array (an index).
final class RowPath {
    private @Nullable String[] names = new @Nullable String[16];
    private int[] indexes = new int[16];
    private int depth;

    int depth() {
        return depth;
    }

    void enter() {
        if (depth == names.length) {
            names = Arrays.copyOf(names, 2 * depth);
            indexes = Arrays.copyOf(indexes, 2 * depth);
        }
        names[depth] = null;
        indexes[depth] = -1;
        depth++;
    }

    void leave() {
        depth--;
    }

    void reset() {
        depth = 0;
    }

    void at(String name) {
        names[depth - 1] = name;
    }

    void atNextElement() {
        indexes[depth - 1]++;
    }

    /// The name in the object that is `level` deep, or null when there is an array.
    @Nullable
    String name(int level) {
        return names[level];
    }

    int index(int level) {
        return indexes[level];
    }

    /// The top-level key, or null before the first.
    @Nullable
    String column() {
        return depth == 0 ? null : names[0];
    }

    /// The JSON pointer (RFC 6901) to where the reader is, or null outside of any value.
    @Nullable
    String pointer() {
        if (column() == null) {
            return null;
        }
        StringBuilder pointer = new StringBuilder();
        for (int level = 0; level < depth; level++) {
            String name = names[level];
            if (name != null) {
                pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            } else if (indexes[level] >= 0) {
                pointer.append('/').append(indexes[level]);
            }
        }
        return pointer.toString();
    }
}
