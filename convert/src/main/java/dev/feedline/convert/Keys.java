package dev.feedline.convert;

/// Where the pipeline keeps what, in the landing and the lake bucket.
public final class Keys {
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

    public static String chunkRecords(String feed) {
        return "_feedline/chunks/" + feed + "/";
    }

    public static String chunkRecord(String feed, ChunkName chunk) {
        return chunkRecords(feed) + chunk + ".jsonl";
    }

    public static String indexes(String feed) {
        return "_feedline/index/" + feed + "/";
    }

    /// The index object of a landing object.
    static String index(String feed, String landingKey) {
        return indexes(feed) + landingKey.substring(data(feed).length()) + ".json";
    }
}
