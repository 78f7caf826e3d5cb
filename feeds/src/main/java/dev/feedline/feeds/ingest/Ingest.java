package dev.feedline.feeds.ingest;

import dev.feedline.convert.Spool;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Receipt;
import dev.feedline.feeds.RemainingTime;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.S3Events;
import dev.feedline.feeds.Sleeper;
import dev.feedline.feeds.SourceVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Takes one source version to its receipt.
///
/// Every decision is pinned in an immutable record before anything is built on it: the terms of the file, the outcome
/// of a first pass, the verdict on each chunk, the receipt. Whoever comes second finds the record
/// and follows it, so it does not matter how often ingest is started, where it is cut off, or how
/// many of it run at once.
public final class Ingest {
    /// Half of the shortest time that landing objects are kept.
    private static final Duration OVERDUE = Duration.ofHours(12);

    private final S3Client s3;
    private final Buckets buckets;
    private final FeedCatalog catalog;
    private final IngestSettings settings;
    private final InstantSource clock;
    private final S3Bodies landing;
    private final TermsOffice terms;
    private final HoldDecision holding;
    private final ChunkLoop chunks;
    private final S3Bodies lake;

    /// How far ingest came.
    public enum Progress {
        /// The file has its receipt.
        SETTLED,
        /// The time is nearly over; another invocation has to go on.
        UNFINISHED,
        /// The key is a folder, or under no feed's prefix.
        NO_FEED,
        /// The version is no longer there.
        GONE
    }

    /// The services that ingest calls.
    public record Ports(S3Client s3, KinesisClient kinesis, GlueClient glue) {}

    public Ingest(Ports ports, Buckets buckets, IngestSettings settings, InstantSource clock, Sleeper sleeper) {
        this.s3 = ports.s3();
        this.buckets = buckets;
        this.catalog = new FeedCatalog(ports.glue());
        this.settings = settings;
        this.clock = clock;
        this.landing = new S3Bodies(s3, buckets.landing());
        Records records = new Records(landing);
        this.terms = new TermsOffice(s3, landing, records, settings);
        this.holding = new HoldDecision(records, catalog, settings);
        this.lake = new S3Bodies(s3, buckets.lake());
        this.chunks = new ChunkLoop(ports, landing, catalog, settings, sleeper);
    }

    public Progress ingest(S3Events.ObjectReference reference, RemainingTime time) throws IOException {
        boolean streamed = reference.bucket().equals(buckets.landing());
        Optional<FeedTable> feed = (streamed
                        ? Names.feedOfLandingKey(reference.key())
                        : Names.feedOfSourceKey(reference.key()))
                .flatMap(catalog::find);
        if (feed.isEmpty()) {
            return Progress.NO_FEED;
        }
        Optional<SourceVersion> version = SourceFile.find(s3, reference);
        if (version.isEmpty()) {
            return Progress.GONE;
        }
        if (!landing.isThere(Names.receipt(version.get().fileId()))) {
            return ingest(feed.get(), version.get(), streamed, time);
        }
        if (isOverdue(version.get().lastModified(), clock.instant())) {
            sendAgain(feed.get(), version.get(), streamed, time);
        }
        return Progress.SETTLED;
    }

    /// Whether a file is so old that chunks of it which are not in the lake yet may have lost their rows on the way:
    /// the stream and the landing bucket keep them for a time only, and the machine may have been
    /// off for longer.
    public static boolean isOverdue(Instant uploaded, Instant now) {
        return uploaded.plus(OVERDUE).isBefore(now);
    }

    private void sendAgain(FeedTable feed, SourceVersion version, boolean streamed, RemainingTime time)
            throws IOException {
        Terms pinned = terms.of(feed, version, streamed);
        FileRows rows = new FileRows(new SourceFile(s3, version), pinned, streamed, settings);
        chunks.sendAgain(feed, pinned, rows, lake, time);
    }

    private Progress ingest(FeedTable feed, SourceVersion version, boolean streamed, RemainingTime time)
            throws IOException {
        Terms pinned = terms.of(feed, version, streamed);
        if (pinned.skippedFor() != null) {
            return settle(pinned, Totals.NONE, Receipt.State.SKIPPED, "same content as file " + pinned.skippedFor());
        }
        if (pinned.refusal() != null) {
            return settle(pinned, Totals.NONE, Receipt.State.FAILED, pinned.refusal());
        }
        FileRows rows = new FileRows(new SourceFile(s3, version), pinned, streamed, settings);
        FirstPass first = holding.decide(feed, pinned, rows);
        if (first.holdReason() != null) {
            Totals counted = new Totals(first.received(), first.received() - first.bad(), first.bad(), 0);
            return settle(pinned, counted, Receipt.State.HELD, first.holdReason());
        }
        Optional<Totals> sent = chunks.run(feed, pinned, rows, first.ruling(), time);
        return sent.isPresent()
                ? settle(pinned, sent.get(), Receipt.State.INGESTED, pinned.notAFeed())
                : Progress.UNFINISHED;
    }

    private Progress settle(Terms pinned, Totals totals, Receipt.State state, @Nullable String reason)
            throws IOException {
        Receipt receipt = new Receipt(
                pinned.feed(),
                pinned.bucket(),
                pinned.key(),
                pinned.version(),
                pinned.fileId(),
                totals.received(),
                totals.good(),
                totals.bad(),
                totals.chunks(),
                state,
                reason,
                clock.instant());
        try (Spool body = Spool.of(receipt.toJson())) {
            landing.putIfAbsent(Names.receipt(pinned.fileId()), body);
        }
        return Progress.SETTLED;
    }
}
