package dev.feedline.s3.listing;

import dev.feedline.kernel.Transaction;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.object.ObjectLookup;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.Owners;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.Owner;

/// ListObjectVersions: every version and delete marker, by key, the newest of a key first.
public final class ListVersions {
    private static final Honoured HONOURED = Honoured.members(
            "Bucket", "Delimiter", "EncodingType", "KeyMarker", "MaxKeys", "Prefix", "VersionIdMarker");
    private static final int BATCH = 1000;
    private static final String NEXT = "SELECT " + Versions.COLUMNS + " FROM version WHERE bucket = ?"
            + " AND (key, -sequence) > (?, ?) AND key >= ? AND key < ? ORDER BY key, sequence DESC LIMIT ?";

    private final S3Store store;

    public ListVersions(S3Store store) {
        this.store = store;
    }

    /// Before everything of `key` that is older than `sequence`.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Cursor(byte[] key, long sequence) {
        static Cursor at(byte[] key) {
            return new Cursor(key, Long.MAX_VALUE);
        }
    }

    private record Result(Page<ObjectVersion> page, boolean truncated) {}

    public ListObjectVersionsResponse list(ListObjectVersionsRequest request) {
        HONOURED.check(request, store.ground().account());
        ListingRequest asked = ListingRequest.of(request, "MaxKeys");
        Result result = store.read(tx -> {
            Buckets.require(tx, asked.bucket());
            return scan(tx, asked, start(tx, request, asked));
        });
        return response(request, asked, result);
    }

    private static Cursor start(Transaction tx, ListObjectVersionsRequest request, ListingRequest asked)
            throws SQLException {
        String keyMarker = request.keyMarker();
        String versionMarker = request.versionIdMarker();
        if (keyMarker == null || keyMarker.isEmpty()) {
            if (versionMarker != null && !versionMarker.isEmpty()) {
                throw S3Error.INVALID_ARGUMENT.because("A version-id marker cannot be specified without a key marker.");
            }
            return Cursor.at(new byte[0]);
        }
        if (versionMarker == null || versionMarker.isEmpty()) {
            return Cursor.at(ListObjects.afterMarker(asked, keyMarker));
        }
        // A version that is gone meanwhile leaves the key's own start: some are listed twice, none is left out.
        long sequence = ObjectLookup.find(tx, asked.bucket(), keyMarker, versionMarker)
                .map(ObjectVersion::sequence)
                .orElse(Long.MAX_VALUE);
        return new Cursor(ListingRequest.utf8(keyMarker), sequence);
    }

    private static Result scan(Transaction tx, ListingRequest asked, Cursor start) throws SQLException {
        Page<ObjectVersion> page = asked.page();
        Cursor cursor = start;
        while (asked.limit() > 0) {
            List<ObjectVersion> batch = next(tx, asked, cursor, Math.min(BATCH, page.room() + 1));
            for (ObjectVersion version : batch) {
                byte[] key = Key.bytes(version.key());
                if (Arrays.compareUnsigned(key, cursor.key()) < 0) {
                    continue; // under a common prefix that this batch reached before
                }
                switch (page.offer(key, version)) {
                    case Page.Offer.Taken taken -> cursor = new Cursor(key, version.sequence());
                    case Page.Offer.RolledUp rolledUp -> cursor = Cursor.at(rolledUp.next());
                    case Page.Offer.Full full -> {
                        return new Result(page, true);
                    }
                }
            }
            if (batch.isEmpty()) {
                break;
            }
        }
        return new Result(page, false);
    }

    private static List<ObjectVersion> next(Transaction tx, ListingRequest asked, Cursor cursor, int limit)
            throws SQLException {
        return tx.query(
                NEXT,
                Versions::read,
                asked.bucket(),
                cursor.key(),
                -cursor.sequence(),
                ObjectScan.larger(cursor.key(), asked.prefixBytes()),
                Key.afterAll(asked.prefixBytes()),
                limit);
    }

    private ListObjectVersionsResponse response(
            ListObjectVersionsRequest request, ListingRequest asked, Result result) {
        List<ObjectVersion> entries = result.page().entries();
        Optional<ObjectVersion> last = entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
        String lastName = result.page().lastName();
        boolean endsInVersion =
                last.map(version -> version.key().equals(lastName)).orElse(false);
        Owner owner = Owners.of(store.ground().account());
        return ListObjectVersionsResponse.builder()
                .name(asked.bucket())
                .prefix(asked.prefix())
                .delimiter(request.delimiter())
                .keyMarker(Optional.ofNullable(request.keyMarker()).orElse(""))
                .versionIdMarker(Optional.ofNullable(request.versionIdMarker()).orElse(""))
                .maxKeys(asked.limit())
                .isTruncated(result.truncated())
                .nextKeyMarker(result.truncated() ? lastName : null)
                .nextVersionIdMarker(nextVersion(result.truncated() && endsInVersion, last))
                .versions(entries.stream()
                        .filter(version -> !version.deleteMarker())
                        .map(version -> shown(version, owner))
                        .toList())
                .deleteMarkers(entries.stream()
                        .filter(ObjectVersion::deleteMarker)
                        .map(version -> shownMarker(version, owner))
                        .toList())
                .commonPrefixes(ListObjects.commonPrefixes(result.page()))
                .build();
    }

    private static @Nullable String nextVersion(boolean goesOnInKey, Optional<ObjectVersion> last) {
        return goesOnInKey ? last.map(ObjectVersion::versionId).orElse(null) : null;
    }

    private static software.amazon.awssdk.services.s3.model.ObjectVersion shown(ObjectVersion version, Owner owner) {
        var shown = software.amazon.awssdk.services.s3.model.ObjectVersion.builder()
                .key(version.key())
                .versionId(version.versionId())
                .isLatest(version.latest())
                .lastModified(version.lastModified())
                .eTag(version.quotedEtag())
                .size(version.size())
                .storageClass("STANDARD")
                .owner(owner);
        version.checksum()
                .ifPresent(checksum -> shown.checksumAlgorithmWithStrings(
                                checksum.algorithm().name())
                        .checksumType(checksum.type().name()));
        return shown.build();
    }

    private static DeleteMarkerEntry shownMarker(ObjectVersion version, Owner owner) {
        return DeleteMarkerEntry.builder()
                .key(version.key())
                .versionId(version.versionId())
                .isLatest(version.latest())
                .lastModified(version.lastModified())
                .owner(owner)
                .build();
    }
}
