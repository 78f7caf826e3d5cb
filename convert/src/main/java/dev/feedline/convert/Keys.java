package dev.feedline.convert;

import java.util.Optional;

/// Where the pipeline keeps what, in the landing and the lake bucket.
public final class Keys {
    private static final String INDEX = ".json";
    private static final String UNMARKED = ".unmarked.json";

    private Keys() {}

    /// The rows of a feed, in the landing bucket as JSON lines and in the lake as Parquet. Ends in `/`, so that
    /// `orders`
    /// does not catch `orders_eu`.
    public static String data(String feed) {
        return "data/" + feed + "/";
    }

    public static String lake(String feed, ChunkName chunk) {
        return data(feed) + chunk + ".parquet";
    }

    /// The receipt of a file that ingest has been through.
    public static String receipt(String fileId) {
        return "ops/receipts/" + fileId + ".json";
    }

    public static String chunkRecords(String feed) {
        return "_feedline/chunks/" + feed + "/";
    }

    public static String chunkRecord(String feed, ChunkName chunk) {
        return chunkRecords(feed) + chunk + ".jsonl";
    }

    public static String indexes(String feed) {
        return "_feedline/index/" + feed + "/";
    }

    /// The index object of a landing object; its name also tells whether lines of other producers are in there, so that
    /// a listing is enough to find those.
    static String index(String feed, String landingKey, boolean hasUnmarked) {
        return indexes(feed) + landingKey.substring(data(feed).length()) + (hasUnmarked ? UNMARKED : INDEX);
    }

    /// A key that every index object of the landing object, and of those whose keys come after it, sorts behind.
    static String beforeIndex(String feed, String landingKey) {
        return indexes(feed) + landingKey.substring(data(feed).length());
    }

    /// The landing object that an index object belongs to.
    public static String landingKeyOfIndex(String feed, String indexKey) {
        String ending = indexKey.endsWith(UNMARKED) ? UNMARKED : INDEX;
        return data(feed) + indexKey.substring(indexes(feed).length(), indexKey.length() - ending.length());
    }

    /// The landing object that an index object with unmarked lines belongs to.
    public static Optional<String> landingKeyOfUnmarked(String feed, String indexKey) {
        return indexKey.endsWith(UNMARKED) ? Optional.of(landingKeyOfIndex(feed, indexKey)) : Optional.empty();
    }
}
