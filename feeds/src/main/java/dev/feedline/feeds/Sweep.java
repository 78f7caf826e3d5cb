package dev.feedline.feeds;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkRecordJson;
import dev.feedline.convert.FileId;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.S3Events.ObjectReference;
import dev.feedline.feeds.ingest.Ingest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.S3Client;

/// Finds what no event came through for, and sets it going again: with every event lost, sweeping alone completes every
/// file.
///
/// It only ever asks for work that is harmless to do twice.
public final class Sweep {
    private final S3Client s3;
    private final LambdaClient lambda;
    private final Warehouse warehouse;
    private final Buckets buckets;
    private final InstantSource clock;
    private final Duration patience;
    private final FeedCatalog catalog;
    private final JobStart job;
    private final S3Bodies landing;
    private final S3Bodies lake;
    private final StreamedFiles streamed;
    private final Renewal renewal;
    private final BooleanSupplier stopped;
    private final Map<String, Instant> sentAgain = new HashMap<>();
    private final Set<ChunkName> withoutGoodRows = new HashSet<>();
    /// Files to which nothing more can happen, so that only the rows of the others are counted; one start of the
    /// process counts them all once.
    private final Set<String> settled = new HashSet<>();

    /// The services that the sweep calls.
    public record Ports(S3Client s3, GlueClient glue, LambdaClient lambda, Warehouse warehouse) {}

    /// One that nobody stops.
    public Sweep(Ports ports, Buckets buckets, InstantSource clock, Duration patience) {
        this(ports, buckets, clock, patience, () -> false);
    }

    /// @param patience a file younger than this is left to its event
    /// @param stopped asked at every object, since of a million the listings alone take minutes
    public Sweep(Ports ports, Buckets buckets, InstantSource clock, Duration patience, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.s3 = ports.s3();
        this.lambda = ports.lambda();
        this.warehouse = ports.warehouse();
        this.buckets = buckets;
        this.clock = clock;
        this.patience = patience;
        this.catalog = new FeedCatalog(ports.glue());
        this.job = new JobStart(ports.glue());
        this.landing = new S3Bodies(s3, buckets.landing());
        this.lake = new S3Bodies(s3, buckets.lake());
        this.streamed = new StreamedFiles(s3, lambda, buckets);
        this.renewal = new Renewal(s3, warehouse, buckets, clock);
    }

    /// @throws CancellationException when it was stopped before its end; the next one does all of it
    public SweepReport run() throws IOException {
        List<FeedTable> tables = catalog.tables();
        List<String> feeds = tables.stream().map(FeedTable::feed).toList();
        Set<String> receipts = fileIds(Names.RECEIPTS);
        Set<String> jobs = new TreeSet<>();
        Set<String> unconverted = new HashSet<>();
        for (FeedTable table : tables) {
            if (hasChunksToConvert(table.feed(), unconverted)) {
                jobs.add(table.job());
            }
        }
        long ingests = ingest(Set.copyOf(feeds), receipts, overdue(unconverted)) + ingestStreamedFiles(feeds);
        jobs.forEach(job::ensureRun);
        return new SweepReport(ingests, !jobs.isEmpty(), refresh(receipts));
    }

    /// The files whose chunks should have been converted long ago: their rows may be gone from stream and landing
    /// bucket, so ingest is asked to send them again, and not again before as long a time.
    private Set<String> overdue(Set<String> unconverted) {
        Instant now = clock.instant();
        sentAgain.keySet().retainAll(unconverted);
        Set<String> overdue = new HashSet<>();
        for (String fileId : unconverted) {
            if (Ingest.isOverdue(sentAgain.getOrDefault(fileId, FileId.second(fileId)), now)) {
                sentAgain.put(fileId, now);
                overdue.add(fileId);
            }
        }
        return overdue;
    }

    private long ingest(Set<String> feeds, Set<String> receipts, Set<String> overdue) {
        Instant longAgo = clock.instant().minus(patience);
        List<SourceVersion> undone = new ArrayList<>();
        new SourceVersions(s3, buckets.source()).each("", version -> {
            goOn();
            boolean isOfFeed =
                    Names.feedOfSourceKey(version.key()).filter(feeds::contains).isPresent();
            if (isOfFeed
                    && !version.lastModified().isAfter(longAgo)
                    && (!receipts.contains(version.fileId()) || overdue.contains(version.fileId()))) {
                undone.add(version);
            }
        });
        for (SourceVersion version : undone) {
            goOn();
            lambda.invoke(request -> request.functionName(Names.INGEST_FUNCTION)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromByteArray(S3Events.write(
                            new ObjectReference(version.bucket(), version.key(), version.versionId())))));
        }
        return undone.size();
    }

    private long ingestStreamedFiles(List<String> feeds) {
        Set<String> landingKeys = new TreeSet<>();
        for (String feed : feeds) {
            list(
                    landing,
                    Keys.indexes(feed),
                    key -> Keys.landingKeyOfUnmarked(feed, key).ifPresent(landingKeys::add));
        }
        long handedOver = 0;
        Set<String> done = new HashSet<>();
        for (String key : landingKeys) {
            goOn();
            handedOver += streamed.handOver(List.of(key), done);
        }
        return handedOver;
    }

    /// Whether a chunk has good rows and no lake object, or a landing object has not been looked at.
    ///
    /// @param files takes the files of such chunks
    private boolean hasChunksToConvert(String feed, Set<String> files) throws IOException {
        Set<ChunkName> undone = chunks(landing, Keys.chunkRecords(feed));
        undone.removeAll(chunks(lake, Keys.data(feed)));
        undone.removeAll(withoutGoodRows);
        boolean found = false;
        for (ChunkName chunk : undone) {
            goOn();
            if (goodRows(feed, chunk) == 0) {
                withoutGoodRows.add(chunk);
            } else {
                found = true;
                files.add(chunk.fileId());
            }
        }
        return found || hasUnindexed(feed);
    }

    /// Whether a landing object has no index yet; the index of one that has expired stays a while.
    private boolean hasUnindexed(String feed) {
        Set<String> unindexed = keys(Keys.data(feed));
        list(landing, Keys.indexes(feed), key -> unindexed.remove(Keys.landingKeyOfIndex(feed, key)));
        return !unindexed.isEmpty();
    }

    private long goodRows(String feed, ChunkName chunk) throws IOException {
        try (InputStream in = landing.read(Keys.chunkRecord(feed, chunk))) {
            return ChunkRecordJson.readHeader(in).good();
        }
    }

    /// A refresh loads each object that is not in the load history and not too old, so it is enough to know which pipe
    /// may lack one, and to renew what is old.
    private Set<String> refresh(Set<String> receipts) throws IOException {
        Set<String> pipes = new TreeSet<>();
        settled.retainAll(receipts);
        Set<String> open = new HashSet<>(receipts);
        open.removeAll(settled);
        renewal.keepOnly(open);
        Map<String, Balance> balances = Balance.of(warehouse, open);
        for (String fileId : open) {
            goOn();
            if (!balances.containsKey(fileId)) {
                pipes.add(Names.RECEIPTS_PIPE);
                renewal.receipt(fileId);
            }
        }
        for (Balance file : balances.values()) {
            goOn();
            if (file.state() == FileState.State.IN_FLIGHT || file.state() == FileState.State.UNBALANCED) {
                pipes.add(Names.pipe(file.feed()));
                pipes.add(Names.QUARANTINE_PIPE);
                renewal.rows(file.feed(), file.fileId());
                renewal.quarantine(file.feed(), file.fileId());
            } else {
                settled.add(file.fileId());
            }
        }
        for (String pipe : pipes) {
            goOn();
            warehouse.execute("ALTER PIPE " + pipe + " REFRESH");
        }
        return pipes;
    }

    private Set<String> fileIds(String prefix) {
        Set<String> ids = new HashSet<>();
        list(landing, prefix, key -> {
            String name = key.substring(prefix.length());
            ids.add(name.substring(0, name.indexOf('.')));
        });
        return ids;
    }

    private Set<String> keys(String prefix) {
        Set<String> keys = new HashSet<>();
        list(landing, prefix, keys::add);
        return keys;
    }

    private Set<ChunkName> chunks(S3Bodies bucket, String prefix) {
        Set<ChunkName> chunks = new TreeSet<>();
        list(bucket, prefix, key -> chunks.add(ChunkName.ofKey(key)));
        return chunks;
    }

    private void list(S3Bodies bucket, String prefix, Consumer<String> each) {
        bucket.list(prefix, "", found -> {
            goOn();
            each.accept(found.key());
        });
    }

    private void goOn() {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("the sweep was stopped");
        }
    }
}
