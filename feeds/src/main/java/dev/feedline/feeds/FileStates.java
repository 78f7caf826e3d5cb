package dev.feedline.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    public FileStates(S3Client s3, GlueClient glue, Warehouse warehouse, Buckets buckets) {
        this.s3 = s3;
        this.catalog = new FeedCatalog(glue);
        this.warehouse = warehouse;
        this.buckets = buckets;
        this.landing = new S3Bodies(s3, buckets.landing());
    }

    /// Every file; first those of the source bucket by key, then those the warehouse knows besides: rows that came over
    /// the stream, and uploads that were deleted since.
    public List<FileState> all() throws IOException {
        return under("");
    }

    /// The files whose key in the source bucket begins so.
    public List<FileState> under(String prefix) throws IOException {
        Set<String> feeds = new HashSet<>(catalog.feeds());
        List<SourceVersion> versions = new ArrayList<>();
        new SourceVersions(s3, buckets.source()).each(prefix, versions::add);
        Map<String, Balance> balances = new LinkedHashMap<>(Balance.all(warehouse));
        List<FileState> states = new ArrayList<>();
        for (SourceVersion version : versions) {
            if (!Names.isFolder(version.key())) {
                states.add(state(version, feeds, Optional.ofNullable(balances.remove(version.fileId()))));
            }
        }
        for (Balance other : balances.values()) {
            if (prefix.isEmpty()
                    || (other.bucket().equals(buckets.source()) && other.key().startsWith(prefix))) {
                states.add(known(other));
            }
        }
        return states;
    }

    private FileState state(SourceVersion version, Set<String> feeds, Optional<Balance> balance) throws IOException {
        Optional<String> feed = Names.feedOfSourceKey(version.key()).filter(feeds::contains);
        if (feed.isEmpty() && balance.isEmpty()) {
            return state(version, "", FileState.State.NO_FEED, Optional.empty(), Optional.empty());
        }
        Optional<Receipt> receipt = receipt(version.fileId());
        FileState.State state = balance.map(Balance::state)
                .orElse(receipt.isPresent() ? FileState.State.IN_FLIGHT : FileState.State.WAITING);
        return state(version, feed.orElse(""), state, balance, receipt);
    }

    private static FileState state(
            SourceVersion version,
            String feed,
            FileState.State state,
            Optional<Balance> balance,
            Optional<Receipt> receipt) {
        return new FileState(
                feed,
                version.bucket(),
                version.key(),
                version.version(),
                version.fileId(),
                state,
                receipt.map(Receipt::received).orElse(0L),
                balance.map(Balance::loaded).orElse(0L),
                balance.map(Balance::quarantined).orElse(0L),
                receipt.map(Receipt::reason).orElse(null),
                version.lastModified());
    }

    private FileState known(Balance balance) throws IOException {
        Optional<Receipt> receipt = receipt(balance.fileId());
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
                receipt.map(Receipt::reason).orElse(null),
                FileId.second(balance.fileId()));
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
