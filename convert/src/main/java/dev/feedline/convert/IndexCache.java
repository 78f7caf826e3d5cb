package dev.feedline.convert;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Index objects read lately; they never change, so nothing here grows old. Bounded by the runs they hold.
final class IndexCache {
    /// About 40 bytes each.
    private static final int MAX_RUNS = 500_000;

    private final Map<String, LandingIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);
    private int runs;

    synchronized @Nullable LandingIndex get(String landingKey) {
        return indexes.get(landingKey);
    }

    synchronized void put(String landingKey, LandingIndex index) {
        LandingIndex before = indexes.put(landingKey, index);
        runs += index.size() - (before == null ? 0 : before.size());
        Iterator<LandingIndex> oldest = indexes.values().iterator();
        while (runs > MAX_RUNS) {
            runs -= oldest.next().size();
            oldest.remove();
        }
    }
}
