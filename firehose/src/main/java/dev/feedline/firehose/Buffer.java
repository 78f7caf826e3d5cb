package dev.feedline.firehose;

import dev.feedline.firehose.Source.Arrived;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What has been read and not yet delivered: for each shard a run of records without a gap.
///
/// An object holds shard after shard, so that it is told by one range for each shard and can be
/// made again from them.
final class Buffer {
    private final SpoolFolder folder;
    private final Map<String, Share> shares = new TreeMap<>();
    private @Nullable Instant since;
    private @Nullable Instant oldest;

    private static final class Share {
        final Spool spool;
        final String first;
        String last;

        Share(Spool spool, String first) {
            this.spool = spool;
            this.first = first;
            this.last = first;
        }
    }

    Buffer(SpoolFolder folder) {
        this.folder = folder;
    }

    /// @param now when it is buffered
    void add(String shard, Arrived record, String delimiter, Instant now) throws IOException {
        Share share = shares.computeIfAbsent(shard, any -> new Share(folder.spool(), record.sequence()));
        share.last = record.sequence();
        share.spool.write(record.data());
        share.spool.write(delimiter.getBytes(StandardCharsets.UTF_8));
        since = since == null ? now : since;
        oldest = oldest == null || record.arrival().isBefore(oldest) ? record.arrival() : oldest;
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    long bytes() {
        return shares.values().stream().mapToLong(share -> share.spool.size()).sum();
    }

    boolean isFull(Destination destination) {
        return bytes() >= destination.sizeBytes();
    }

    /// How long until the object is due; zero or less when it is.
    ///
    /// @param quiet says that a read of every shard has just given nothing
    Duration untilDue(Destination destination, Instant now, boolean quiet) {
        if (since == null) {
            return Duration.ofDays(1);
        }
        if (isFull(destination) || (quiet && destination.isZeroBuffering())) {
            return Duration.ZERO;
        }
        since = since.isAfter(now) ? now : since; // the clock was set back; waiting for it to catch up could take days
        Duration whole = destination.isZeroBuffering() ? Destination.ZERO_BUFFERING : destination.interval();
        return whole.minus(Duration.between(since, now));
    }

    /// The arrival of the oldest record.
    Instant oldest() {
        if (oldest == null) {
            throw new IllegalStateException("an empty buffer has no oldest record");
        }
        return oldest;
    }

    List<Delivery.Range> ranges() {
        List<Delivery.Range> ranges = new ArrayList<>(shares.size());
        shares.forEach((shard, share) -> ranges.add(new Delivery.Range(shard, share.first, share.last)));
        return ranges;
    }

    InputStream open() throws IOException {
        List<InputStream> parts = new ArrayList<>(shares.size());
        for (Share share : shares.values()) {
            parts.add(share.spool.open());
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    void clear() throws IOException {
        since = null;
        oldest = null;
        for (Share share : shares.values()) {
            share.spool.close();
        }
        shares.clear();
    }
}
