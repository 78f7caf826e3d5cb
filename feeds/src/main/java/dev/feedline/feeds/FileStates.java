package dev.feedline.feeds;

import dev.feedline.convert.FileId;
import dev.feedline.feeds.ingest.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Where every uploaded file stands, told from the versions in the source bucket, the receipts and the warehouse.
///
/// Nothing is remembered: whoever asks reads again, so what is said is true whatever crashed before.
public final class FileStates {
    private final S3Client s3;
    private final FeedCatalog catalog;
    private final Warehouse warehouse;
    private final Buckets buckets;
    private final S3Bodies landing;
    private final Executor beside;

    /// Asks one service after the other.
    public FileStates(S3Client s3, GlueClient glue, Warehouse warehouse, Buckets buckets) {
        this(s3, glue, warehouse, buckets, Runnable::run);
    }

    /// @param beside where the warehouse is asked for all balances while the buckets are listed
    public FileStates(S3Client s3, GlueClient glue, Warehouse warehouse, Buckets buckets, Executor beside) {
        this.s3 = s3;
        this.catalog = new FeedCatalog(glue);
        this.warehouse = warehouse;
        this.buckets = buckets;
        this.landing = new S3Bodies(s3, buckets.landing());
        this.beside = beside;
    }

    /// Every file; first those of the source bucket by key, then those the warehouse knows besides: rows that came over
    /// the stream, and uploads that were deleted since.
    public List<FileState> all() throws IOException {
        return under("");
    }

    /// The files whose key in the source bucket begins so.
    public List<FileState> under(String prefix) throws IOException {
        FutureTask<Map<String, Balance>> asked = new FutureTask<>(() -> Balance.all(warehouse));
        beside.execute(asked);
        List<SourceVersion> versions = new ArrayList<>();
        new SourceVersions(s3, buckets.source()).each(prefix, versions::add);
        Map<String, Balance> balances = new LinkedHashMap<>(answer(asked));
        // Whose file it is says the balance, where there is one: mostly the catalog need not be asked.
        Set<String> feeds = versions.stream().allMatch(version -> balances.containsKey(version.fileId()))
                ? Set.of()
                : Set.copyOf(catalog.feeds());
        List<FileState> states = new ArrayList<>();
        for (SourceVersion version : versions) {
            if (!Names.isFolder(version.key())) {
                states.add(state(version, feeds, Optional.ofNullable(balances.remove(version.fileId()))));
            }
        }
        for (Balance other : balances.values()) {
            if (prefix.isEmpty()
                    || (other.bucket().equals(buckets.source()) && other.key().startsWith(prefix))) {
                states.add(known(other, FileId.second(other.fileId())));
            }
        }
        return states;
    }

    private static <T> T answer(Future<T> asked) throws IOException {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the warehouse was asked for the balances");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException("the warehouse could not be asked for the balances", e.getCause());
        }
    }

    /// The file that this upload made, without a look at any other; empty when the upload is not there.
    ///
    /// Its rows are only counted while they are fewer than were received; the balance, which is more work, is asked
    /// for when it can say more.
    ///
    /// @param version as S3 answered the upload
    public Optional<FileState> of(String key, String version, Instant now) throws IOException {
        Optional<SourceVersion> found = Names.isFolder(key)
                ? Optional.empty()
                : SourceFile.find(s3, new S3Events.ObjectReference(buckets.source(), key, version));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SourceVersion upload = found.get();
        Optional<Receipt> receipt = receipt(upload.fileId());
        if (receipt.isEmpty()) {
            return Optional.of(state(upload, Set.copyOf(catalog.feeds()), Optional.empty()));
        }
        Counted rows = counted(receipt.get());
        boolean isYoung = now.isBefore(receipt.get().receivedAt().plus(Balance.LONGEST_IN_FLIGHT));
        if (rows.all() < receipt.get().received() && isYoung && receipt.get().state() == Receipt.State.INGESTED) {
            return Optional.of(state(upload, receipt.get().feed(), FileState.State.IN_FLIGHT, rows, receipt));
        }
        Map<String, Balance> balance = Balance.of(warehouse, Set.of(upload.fileId()));
        return Optional.of(Optional.ofNullable(balance.get(upload.fileId()))
                .map(known -> known(known, upload.lastModified()))
                .orElse(state(upload, receipt.get().feed(), FileState.State.IN_FLIGHT, rows, receipt)));
    }

    /// The rows of a file in the warehouse, each as often as it is there.
    private record Counted(long loaded, long quarantined) {
        static final Counted NONE = new Counted(0, 0);

        long all() {
            return loaded + quarantined;
        }
    }

    private Counted counted(Receipt receipt) {
        FileId.check(receipt.fileId());
        return new Counted(
                count(Names.table(receipt.feed()) + " WHERE _FILE_ID = '" + receipt.fileId() + "'"),
                receipt.bad() == 0 ? 0 : count("FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + receipt.fileId() + "'"));
    }

    private long count(String what) {
        Object count =
                warehouse.query("SELECT COUNT(*) AS N FROM " + what).getFirst().get("N");
        return Long.parseLong(String.valueOf(count));
    }

    private FileState state(SourceVersion version, Set<String> feeds, Optional<Balance> balance) throws IOException {
        if (balance.isPresent()) {
            return known(balance.get(), version.lastModified());
        }
        Optional<String> feed = Names.feedOfSourceKey(version.key()).filter(feeds::contains);
        if (feed.isEmpty()) {
            return state(version, "", FileState.State.NO_FEED, Counted.NONE, Optional.empty());
        }
        Optional<Receipt> receipt = receipt(version.fileId());
        FileState.State state = receipt.isPresent() ? FileState.State.IN_FLIGHT : FileState.State.WAITING;
        return state(version, feed.get(), state, Counted.NONE, receipt);
    }

    private static FileState state(
            SourceVersion version, String feed, FileState.State state, Counted rows, Optional<Receipt> receipt) {
        return new FileState(
                feed,
                version.bucket(),
                version.key(),
                version.version(),
                version.fileId(),
                state,
                receipt.map(Receipt::received).orElse(0L),
                rows.loaded(),
                rows.quarantined(),
                receipt.map(Receipt::reason).orElse(null),
                version.lastModified());
    }

    private static FileState known(Balance balance, Instant uploadedAt) {
        return new FileState(
                balance.feed(),
                balance.bucket(),
                balance.key(),
                balance.version(),
                balance.fileId(),
                balance.state(),
                balance.received(),
                balance.loaded(),
                balance.quarantined(),
                balance.reason(),
                uploadedAt);
    }

    private Optional<Receipt> receipt(String fileId) throws IOException {
        Optional<InputStream> body = landing.find(Names.receipt(fileId));
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = body.get()) {
            return Optional.of(Receipt.read(in));
        }
    }
}
