package dev.feedline.feeds.definition;

import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.Names;
import dev.feedline.rows.Type;
import dev.feedline.rows.WarehouseName;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One feed of the definition: what its files look like, and what happens to them.
///
/// @param columns the declared columns, in the order of the definition; a declared type wins over every inference
/// @param convert on what its rows are converted
/// @param keepLanding how long landing objects stay after the job is done with them
public record Feed(
        String name,
        FeedSettings settings,
        Map<String, Type> columns,
        ByteSize bufferSize,
        Duration bufferInterval,
        int shards,
        ConvertChoice convert,
        Duration keepLanding) {
    public Feed {
        if (!Names.isFeed(name)) {
            throw new IllegalArgumentException("'" + name
                    + "' is no feed name: use a lower-case letter, then lower-case letters, digits and _ (at most 40)");
        }
        if (shards < 1 || shards > 64) {
            throw new IllegalArgumentException("shards must be 1 to 64, not " + shards);
        }
        // Firehose's BufferingHints: 1 to 128 MiB and 0 to 900 s.
        if (bufferSize.mebibytes() < 1 || bufferSize.mebibytes() > 128) {
            throw new IllegalArgumentException("buffer size must be 1MiB to 128MiB");
        }
        if (bufferInterval.compareTo(Duration.ofSeconds(900)) > 0) {
            throw new IllegalArgumentException("buffer interval must be 0s to 900s");
        }
        if (keepLanding.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("keep landing must be at least 1d (S3 expires objects by days)");
        }
        refuseColumns(columns.keySet());
        refuseNesting(settings.format(), columns);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /// At AWS every landing object and every look at it has a price: a producer that trickles would make one four times
    /// a second.
    private static final Duration INTERVAL_AT_AWS = Duration.ofSeconds(60);

    /// A feed about which the definition says nothing.
    public static Feed named(String name, StorageChoice storage) {
        return new Feed(
                name,
                FeedSettings.DEFAULT,
                Map.of(),
                new ByteSize(64L << 20),
                storage == StorageChoice.AWS ? INTERVAL_AT_AWS : Duration.ZERO,
                2,
                ConvertChoice.NATIVE,
                Duration.ofDays(7));
    }

    /// The same feed, converted on something else.
    public Feed with(ConvertChoice choice) {
        return new Feed(name, settings, columns, bufferSize, bufferInterval, shards, choice, keepLanding);
    }

    /// A cell is text, and text is neither a struct nor an array.
    private static void refuseNesting(FeedSettings.Format format, Map<String, Type> columns) {
        boolean isCsv = format == FeedSettings.Format.CSV || format == FeedSettings.Format.TSV;
        columns.forEach((name, type) -> {
            if (isCsv && (type instanceof Type.Struct || type instanceof Type.ListOf)) {
                throw new IllegalArgumentException(
                        "column '" + name + "' cannot be " + type.glue() + " in a feed of cells; declare it string");
            }
        });
    }

    /// The table has its own metadata columns, and names in it differ in more than case.
    private static void refuseColumns(Set<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String folded = name.toUpperCase(Locale.ROOT);
            if (WarehouseName.METADATA.contains(folded)) {
                throw new IllegalArgumentException("column '" + name + "' is one that Feedline adds itself");
            }
            String twin = seen.put(folded, name);
            if (twin != null) {
                throw new IllegalArgumentException("columns '" + twin + "' and '" + name + "' differ only in case");
            }
        }
    }
}
