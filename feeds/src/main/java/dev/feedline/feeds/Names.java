package dev.feedline.feeds;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.Keys;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What everything of a feed is called.
public final class Names {
    /// The Glue catalog database that holds one table per feed.
    public static final String CATALOG_DATABASE = "feedline";
    public static final String INGEST_FUNCTION = "feedline-ingest";
    public static final String CONVERT_FUNCTION = "feedline-convert";
    public static final String JOB = "feedline-json-to-parquet";

    private static final Pattern FEED = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private Names() {}

    public static boolean isFeed(String name) {
        return FEED.matcher(name).matches();
    }

    /// The feed that a source key says it belongs to, whether or not there is such a feed; folder keys belong to none.
    public static Optional<String> feedOfSourceKey(String key) {
        int slash = key.indexOf('/');
        return slash < 1 || isFolder(key)
                ? Optional.empty()
                : Optional.of(key.substring(0, slash)).filter(Names::isFeed);
    }

    /// The feed of a landing object's key `data/<feed>/…`.
    public static Optional<String> feedOfLandingKey(String key) {
        return key.startsWith("data/") ? feedOfSourceKey(key.substring("data/".length())) : Optional.empty();
    }

    /// Consoles make folders as empty objects whose key ends in a slash.
    public static boolean isFolder(String key) {
        return key.endsWith("/");
    }

    /// The Kinesis stream, and the Firehose delivery stream, of a feed.
    public static String stream(String feed) {
        return "feedline-" + feed;
    }

    public static String table(String feed) {
        return "FEEDLINE.RAW." + feed.toUpperCase(Locale.ROOT);
    }

    public static String pipe(String feed) {
        return table(feed) + "_PIPE";
    }

    public static final String RECEIPTS_PIPE = "FEEDLINE.OPS.RECEIPTS_PIPE";
    public static final String QUARANTINE_PIPE = "FEEDLINE.OPS.QUARANTINE_PIPE";

    public static final String RECEIPTS = "ops/receipts/";
    public static final String QUARANTINE = "ops/quarantine/";

    public static String receipt(String fileId) {
        return Keys.receipt(fileId);
    }

    public static String quarantine(ChunkName chunk) {
        return QUARANTINE + chunk + ".json";
    }

    public static String terms(String feed, String fileId) {
        return "_feedline/terms/" + feed + "/" + fileId + ".json";
    }

    public static String firstPass(String feed, String fileId) {
        return "_feedline/first-pass/" + feed + "/" + fileId + ".json";
    }

    public static String lakePrefix(String feed) {
        return Keys.data(feed);
    }
}
