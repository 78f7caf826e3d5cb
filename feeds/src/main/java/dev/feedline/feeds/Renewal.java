package dev.feedline.feeds;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.FileId;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.ingest.ChunkRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Makes objects young again that have waited for their pipe too long, and quarantine objects anew that are gone.
///
/// `ALTER PIPE … REFRESH` takes up what was staged within seven days only, at Snowflake as here. What is older is
/// copied onto itself: the same name and bytes, a new date and a new event. The object's date also says when it was
/// renewed, so that it happens once in [#AGE] at most, whoever was restarted meanwhile.
///
/// Its rows tell whether an object was loaded, not a load history: a pipe forgets after 14 days, a table after 64, and
/// a copy may have another ETag where its bucket encrypts with KMS.
final class Renewal {
    /// A day before a refresh reaches it no more.
    private static final Duration AGE = Duration.ofDays(6);
    /// A file that stays unbalanced is not looked through in every sweep.
    private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

    private static final String QUARANTINE = "FEEDLINE.OPS.QUARANTINE";

    private final S3Client s3;
    private final Warehouse warehouse;
    private final Buckets buckets;
    private final InstantSource clock;
    private final S3Bodies landing;
    private final ChunkRecords records;
    private final Map<String, Instant> lookedAt = new HashMap<>();
    private final Map<String, Instant> missedAt = new HashMap<>();

    Renewal(S3Client s3, Warehouse warehouse, Buckets buckets, InstantSource clock) {
        this.s3 = s3;
        this.warehouse = warehouse;
        this.buckets = buckets;
        this.clock = clock;
        this.landing = new S3Bodies(s3, buckets.landing());
        this.records = new ChunkRecords(landing);
    }

    /// Forgets the files that are not among these.
    void keepOnly(Set<String> fileIds) {
        lookedAt.keySet().retainAll(fileIds);
        missedAt.keySet().retainAll(fileIds);
    }

    /// The receipt of a file that the warehouse has none of.
    void receipt(String fileId) {
        if (isTimeFor(fileId, AGE, lookedAt, BETWEEN_LOOKS)) {
            old(buckets.landing(), Names.receipt(fileId)).forEach(receipt -> renew(buckets.landing(), receipt));
        }
    }

    /// What the warehouse has no row of, among the lake and quarantine objects of a file.
    void rows(String feed, String fileId) throws IOException {
        if (!isTimeFor(fileId, AGE, lookedAt, BETWEEN_LOOKS)) {
            return;
        }
        for (S3Object object : old(buckets.lake(), Keys.data(feed) + fileId + "-")) {
            if (isUnloaded(feed, object, Names.table(feed), "_FILE_ID", "_ROW")) {
                renew(buckets.lake(), object);
            }
        }
        for (S3Object object : old(buckets.landing(), Names.QUARANTINE + fileId + "-")) {
            if (isUnloaded(feed, object, QUARANTINE, "FILE_ID", "ROW_NUMBER")) {
                renew(buckets.landing(), object);
            }
        }
    }

    /// Writes the quarantine objects again that are gone, of chunks whose bad rows the warehouse has none of: they are
    /// derived from the chunks' records, so it is the same object.
    void quarantine(String feed, String fileId) throws IOException {
        if (!isTimeFor(fileId, Balance.LONGEST_IN_FLIGHT, missedAt, Balance.LONGEST_IN_FLIGHT)) {
            return;
        }
        Set<ChunkName> there = new HashSet<>();
        landing.list(Names.QUARANTINE + fileId + "-", "", found -> there.add(ChunkName.ofKey(found.key())));
        List<ChunkName> missing = new ArrayList<>();
        landing.list(Keys.chunkRecords(feed) + fileId + "-", "", found -> missing.add(ChunkName.ofKey(found.key())));
        missing.removeAll(there);
        for (ChunkName chunk : missing) {
            Optional<ChunkRecord> record = records.find(feed, chunk);
            if (record.isPresent()
                    && record.get().bad() > 0
                    && isUnloaded(record.get(), QUARANTINE, "FILE_ID", "ROW_NUMBER")) {
                records.writeQuarantine(record.get());
            }
        }
    }

    /// Whether a file is so old, and was not looked at for as long; from now on it was.
    private boolean isTimeFor(String fileId, Duration age, Map<String, Instant> looks, Duration between) {
        Instant now = clock.instant();
        if (FileId.second(fileId).plus(age).isAfter(now)
                || looks.getOrDefault(fileId, Instant.MIN).isAfter(now.minus(between))) {
            return false;
        }
        looks.put(fileId, now);
        return true;
    }

    private List<S3Object> old(String bucket, String prefix) {
        Instant since = clock.instant().minus(AGE);
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .filter(object -> object.lastModified().isBefore(since))
                .toList();
    }

    /// A load is one transaction, so any row of the chunk is proof of all; without the chunk's record nothing is known.
    private boolean isUnloaded(String feed, S3Object object, String table, String file, String row) throws IOException {
        ChunkName chunk = ChunkName.ofKey(object.key());
        FileId.check(chunk.fileId());
        Optional<ChunkRecord> record = records.find(feed, chunk);
        return record.isPresent() && isUnloaded(record.get(), table, file, row);
    }

    private boolean isUnloaded(ChunkRecord record, String table, String file, String row) {
        return warehouse
                .query("SELECT " + row + " FROM " + table + " WHERE " + file + " = '"
                        + record.name().fileId() + "' AND " + row + " >= " + record.firstRow() + " AND " + row + " <= "
                        + record.lastRow() + " LIMIT 1")
                .isEmpty();
    }

    private void renew(String bucket, S3Object object) {
        Map<String, String> metadata = s3.headObject(
                        request -> request.bucket(bucket).key(object.key()))
                .metadata();
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(object.key())
                .copySourceIfMatch(object.eTag())
                .destinationBucket(bucket)
                .destinationKey(object.key())
                // S3 refuses a copy onto itself that changes nothing.
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(metadata)
                .contentType("application/octet-stream"));
    }
}
