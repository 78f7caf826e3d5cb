package dev.feedline.convert;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/// The landing objects with nothing left to do: every chunk that has rows there is in the lake, from which nothing is
/// ever taken.
///
/// A look passes over them, so that it costs what has landed lately and not what landed this week. What is forgotten is
/// only looked at again.
final class FinishedObjects {
    /// About 200 bytes each.
    private static final int MOST_REMEMBERED = 100_000;

    private final Map<String, Set<String>> byFeed = new HashMap<>();

    /// Takes the finished ones out of the feed's listing, and forgets those that it no longer has: they have expired.
    synchronized void leaveOut(String feed, SortedSet<String> listed) {
        Set<String> finished = byFeed.computeIfAbsent(feed, name -> new HashSet<>());
        finished.retainAll(listed);
        listed.removeAll(finished);
    }

    synchronized void add(String feed, String key) {
        Set<String> finished = byFeed.computeIfAbsent(feed, name -> new HashSet<>());
        if (finished.size() < MOST_REMEMBERED) {
            finished.add(key);
        }
    }
}
