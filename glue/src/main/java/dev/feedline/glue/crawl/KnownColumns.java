package dev.feedline.glue.crawl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The columns that files were last seen to have. Most files of a path have those of another, and all files of
/// one kind share one map of them in memory.
final class KnownColumns {
    /// Kinds of files that lie side by side; of more, those seen longest ago are kept once more.
    static final int MOST = 100;

    /// By lists, as columns in another order are others to CSV, and not to maps.
    private final Map<List<Map.Entry<String, ColumnType>>, Map<String, ColumnType>> known =
            new LinkedHashMap<>(MOST, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<List<Map.Entry<String, ColumnType>>, Map<String, ColumnType>> eldest) {
                    return size() > MOST;
                }
            };

    /// These columns, as the map that is there already if there is one.
    Map<String, ColumnType> same(Map<String, ColumnType> columns) {
        return known.computeIfAbsent(List.copyOf(columns.entrySet()), key -> columns);
    }
}
