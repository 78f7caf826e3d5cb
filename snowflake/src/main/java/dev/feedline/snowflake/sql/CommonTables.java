package dev.feedline.snowflake.sql;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The names that WITH gives to queries: those that a level of a statement can use, and that of the query that comes.
///
/// A query knows those before it, and itself when it is recursive.
final class CommonTables {
    private final Set<String> visible;
    private Optional<String> coming = Optional.empty();

    CommonTables() {
        this(Set.of());
    }

    private CommonTables(Set<String> visible) {
        this.visible = new HashSet<>(visible);
    }

    /// Those of brackets: what they define is theirs alone.
    CommonTables inside() {
        return new CommonTables(visible);
    }

    boolean has(String name) {
        return visible.contains(name);
    }

    void define(String name, boolean recursive) {
        if (recursive) {
            visible.add(name);
        }
        coming = Optional.of(name);
    }

    /// Behind the query of the name that was defined last.
    void defined() {
        coming.ifPresent(visible::add);
        coming = Optional.empty();
    }
}
