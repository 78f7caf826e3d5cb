package dev.feedline.rows;

import java.util.Set;
import java.util.TreeSet;

/// The names taken at one level of a schema. A key becomes a column only under a name that differs from
/// all others in more than case, because warehouses may not tell them apart.
final class ColumnNames {
    // Snowflake's limit for an identifier.
    private static final int MAX_LENGTH = 255;

    private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    ColumnNames(Set<String> reserved) {
        taken.addAll(reserved);
    }

    void add(String name) {
        taken.add(name);
    }

    boolean isFree(String name) {
        return !name.isEmpty() && name.length() <= MAX_LENGTH && name.indexOf('\0') < 0 && !taken.contains(name);
    }
}
