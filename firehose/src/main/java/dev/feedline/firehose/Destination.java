package dev.feedline.firehose;

import dev.feedline.kernel.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Where a delivery stream delivers to and how, checked.
///
/// @param sizeBytes buffered bytes that make an object due
/// @param interval time after the first buffered record that makes an object due; zero for none
/// @param delimiter what follows each record, often nothing
/// @param extension what ends the key
record Destination(
        String bucket,
        PrefixExpression prefix,
        ZoneId zone,
        long sizeBytes,
        Duration interval,
        Compression compression,
        String delimiter,
        String extension) {
    /// With zero buffering an object is due at the latest so long after its first record.
    static final Duration ZERO_BUFFERING = Duration.ofMillis(250);

    private static final DateTimeFormatter IN_NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);

    boolean isZeroBuffering() {
        return interval.isZero();
    }

    /// A new object's key: `<prefix><stream>-<version>-yyyy-MM-dd-HH-mm-ss-<uuid><extension>`.
    String key(String stream, int version, Instant oldestArrival, Ids ids) {
        return prefix.evaluate(oldestArrival, zone, ids) + stream + "-" + version + "-" + IN_NAME.format(oldestArrival)
                + "-" + ids.uuid() + extension;
    }
}
