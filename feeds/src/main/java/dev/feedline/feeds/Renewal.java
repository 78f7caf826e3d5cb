package dev.feedline.feeds;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.ChunkRecordJson;
import dev.feedline.convert.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Makes objects young again that have waited for their pipe too long.
///
/// `ALTER PIPE … REFRESH` takes up what was staged within seven days only, at Snowflake as here. What is older is
/// copied onto itself: the same name and bytes, a new date and a new event. The object's date also says when it was
/// renewed, so that it happens once in [#AGE] at most, whoever was restarted meanwhile.
///
/// Its rows tell whether an object was loaded, not a load history: a pipe forgets after 14 days, a table after 64, and
/// a
/// copy may have another ETag where its bucket encrypts with KMS.
final class Renewal {
    /// A day before a refresh reaches it no more.
    private static final Duration AGE = Duration.ofDays(6);
    /// A file that stays unbalanced is not looked through in every sweep.
    private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

    private final S3Client s3;
    private final Warehouse warehouse;
    private final Buckets buckets;
    private final InstantSource clock;
    private final S3Bodies landing;
    private final Map<String, Instant> lookedAt = new HashMap<>();

    Renewal(S3Client s3, Warehouse warehouse, Buckets buckets, InstantSource clock) {
        this.s3 = s3;
        this.warehouse = warehouse;
        this.buckets = buckets;
        this.clock = clock;
        this.landing = new S3Bodies(s3, buckets.landing());
    }

    /// Forgets the files that are not among these.
    void keepOnly(Set<String> fileIds) {
        lookedAt.keySet().retainAll(fileIds);
    }

    /// The receipt of a file that the warehouse has none of.
    void receipt(String fileId) {
        if (isTimeFor(fileId)) {
            old(buckets.landing(), Names.receipt(fileId)).forEach(receipt -> renew(buckets.landing(), receipt));
        }
    }

    /// What the warehouse has no row of, among the lake and quarantine objects of a file.
    void rows(String feed, String fileId) throws IOException {
        if (!isTimeFor(fileId)) {
            return;
        }
        for (S3Object object : old(buckets.lake(), Keys.data(feed) + fileId + "-")) {
            if (isUnloaded(feed, object, Names.table(feed), "_FILE_ID", "_ROW")) {
                renew(buckets.lake(), object);
            }
        }
        for (S3Object object : old(buckets.landing(), Names.QUARANTINE + fileId + "-")) {
            if (isUnloaded(feed, object, "FEEDLINE.OPS.QUARANTINE", "FILE_ID", "ROW_NUMBER")) {
                renew(buckets.landing(), object);
            }
        }
    }

    private boolean isTimeFor(String fileId) {
        Instant now = clock.instant();
        if (FileId.second(fileId).plus(AGE).isAfter(now)
                || lookedAt.getOrDefault(fileId, Instant.MIN).isAfter(now.minus(BETWEEN_LOOKS))) {
            return false;
        }
        lookedAt.put(fileId, now);
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
        Optional<InputStream> record = landing.find(Keys.chunkRecord(feed, chunk));
        if (record.isEmpty()) {
            return false;
        }
        try (InputStream in = record.get()) {
            ChunkRecord header = ChunkRecordJson.readHeader(in);
            return warehouse
                    .query("SELECT " + row + " FROM " + table + " WHERE " + file + " = '" + chunk.fileId() + "' AND "
                            + row + " >= " + header.firstRow() + " AND " + row + " <= " + header.lastRow()
                            + " LIMIT 1")
                    .isEmpty();
        }
    }

    private void renew(String bucket, S3Object object) {
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(object.key())
                .copySourceIfMatch(object.eTag())
                .destinationBucket(bucket)
                .destinationKey(object.key())
                // S3 refuses a copy onto itself that changes nothing.
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("application/octet-stream"));
    }
}
