package dev.feedline.feeds.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// All feeds of one Feedline, by name, in the order they were written, the storage they go through, and the warehouse
/// they end in.
public record Definition(Map<String, Feed> feeds, StorageChoice storage, WarehouseChoice warehouse) {
    public static final Definition EMPTY =
            new Definition(Map.of(), StorageChoice.EMBEDDED, new WarehouseChoice.Embedded());

    public Definition {
        feeds = Collections.unmodifiableMap(new LinkedHashMap<>(feeds));
    }

    /// The definition with a feed of that name, made with the defaults when there was none.
    public Definition with(String feed) {
        if (feeds.containsKey(feed)) {
            return this;
        }
        Map<String, Feed> more = new LinkedHashMap<>(feeds);
        more.put(feed, Feed.named(feed, storage));
        return with(more);
    }

    /// The same with other feeds.
    public Definition with(Map<String, Feed> newFeeds) {
        return new Definition(newFeeds, storage, warehouse);
    }
}
