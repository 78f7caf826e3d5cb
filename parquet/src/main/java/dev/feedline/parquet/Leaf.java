package dev.feedline.parquet;

import java.util.List;

/// A column of the file: a schema leaf with its path and the levels of Dremel that its values can have.
record Leaf(List<String> path, LeafType type, int maxRepetition, int maxDefinition) {
    /// A level is kept in a byte.
    private static final int MAX_LEVEL = 255;

    Leaf {
        path = List.copyOf(path);
        if (maxDefinition > MAX_LEVEL) {
            throw new IllegalArgumentException("column " + String.join(".", path) + " is nested too deep: "
                    + maxDefinition + " levels, at most " + MAX_LEVEL);
        }
    }

    String dottedPath() {
        return String.join(".", path);
    }

    boolean holdsTexts() {
        return type.physical() == PhysicalType.BYTE_ARRAY;
    }
}
