package dev.feedline.snowflake.engine;

import java.util.OptionalLong;

/// Counts the changes of definitions (tables, views, stages, pipes, …), so that what was read of them may be remembered
/// until the next one.
///
/// A change is under way from before its first statement until after its transaction's end; nothing remembered holds
/// meanwhile.
final class DefinitionChanges {
    private long number;
    private int underWay;

    synchronized void begin() {
        number++;
        underWay++;
    }

    synchronized void end() {
        number++;
        underWay--;
    }

    /// The number of changes so far; empty while one is under way.
    synchronized OptionalLong settled() {
        return underWay == 0 ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
