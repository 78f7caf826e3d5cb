package dev.feedline.s3.multipart;

import dev.feedline.kernel.Transaction;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.listing.ListObjects;
import dev.feedline.s3.listing.ListingRequest;
import dev.feedline.s3.listing.Page;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.Owners;
import dev.feedline.s3.state.S3Store;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.Initiator;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/// ListMultipartUploads and ListParts.
public final class UploadListing {
    private static final Honoured UPLOADS = Honoured.members(
            "Bucket", "Delimiter", "EncodingType", "KeyMarker", "MaxUploads", "Prefix", "UploadIdMarker");
    private static final Honoured PARTS = Honoured.members("Bucket", "Key", "UploadId", "MaxParts", "PartNumberMarker");
    private static final int LONGEST_PAGE = 1000;

    private final S3Store store;

    public UploadListing(S3Store store) {
        this.store = store;
    }

    private record Result(Page<Upload> page, boolean truncated) {}

    private record Parts(Upload upload, List<StoredPart> found) {}

    public ListMultipartUploadsResponse uploads(ListMultipartUploadsRequest request) {
        UPLOADS.check(request, store.ground().account());
        ListingRequest asked = ListingRequest.of(request, "MaxUploads");
        Result result = store.read(tx -> {
            Buckets.require(tx, asked.bucket());
            return scan(tx, asked, start(tx, request, asked));
        });
        List<Upload> uploads = result.page().entries();
        boolean endsInUpload = !uploads.isEmpty()
                && uploads.getLast().key().equals(result.page().lastName());
        return ListMultipartUploadsResponse.builder()
                .bucket(asked.bucket())
                .prefix(asked.prefix())
                .delimiter(request.delimiter())
                .keyMarker(Optional.ofNullable(request.keyMarker()).orElse(""))
                .uploadIdMarker(Optional.ofNullable(request.uploadIdMarker()).orElse(""))
                .maxUploads(asked.limit())
                .isTruncated(result.truncated())
                .nextKeyMarker(result.truncated() ? result.page().lastName() : null)
                .nextUploadIdMarker(
                        result.truncated() && endsInUpload ? uploads.getLast().id() : null)
                .uploads(uploads.stream().map(this::shown).toList())
                .commonPrefixes(ListObjects.commonPrefixes(result.page()))
                .build();
    }

    public ListPartsResponse parts(ListPartsRequest request) {
        PARTS.check(request, store.ground().account());
        int most = Math.min(Optional.ofNullable(request.maxParts()).orElse(LONGEST_PAGE), LONGEST_PAGE);
        int after = Optional.ofNullable(request.partNumberMarker()).orElse(0);
        if (most < 0 || after < 0) {
            throw S3Error.INVALID_ARGUMENT.because("max-parts and part-number-marker cannot be negative");
        }
        Parts parts = store.read(tx -> {
            Buckets.require(tx, request.bucket());
            Upload upload = Uploads.require(tx, request.bucket(), request.key(), request.uploadId());
            return new Parts(upload, Uploads.parts(tx, upload.id(), after, most + 1));
        });
        return response(request, parts, after, most);
    }

    private ListPartsResponse response(ListPartsRequest request, Parts parts, int after, int most) {
        Upload upload = parts.upload();
        List<StoredPart> page =
                parts.found().subList(0, Math.min(most, parts.found().size()));
        boolean truncated = most > 0 && parts.found().size() > most;
        return ListPartsResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .uploadId(upload.id())
                .partNumberMarker(after)
                .nextPartNumberMarker(page.isEmpty() ? after : page.getLast().number())
                .maxParts(most)
                .isTruncated(truncated)
                .parts(page.stream().map(part -> shown(upload, part)).toList())
                .owner(Owners.of(store.ground().account()))
                .initiator(initiator())
                .storageClass("STANDARD")
                .checksumAlgorithm(upload.checksumChosen() ? upload.algorithm().name() : null)
                .checksumType(upload.checksumChosen() ? upload.checksumType().name() : null)
                .build();
    }

    private static UploadCursor start(Transaction tx, ListMultipartUploadsRequest request, ListingRequest asked)
            throws SQLException {
        String keyMarker = Optional.ofNullable(request.keyMarker()).orElse("");
        String idMarker = Optional.ofNullable(request.uploadIdMarker()).orElse("");
        if (keyMarker.isEmpty()) {
            return UploadCursor.at(new byte[0]); // an upload-id marker without a key marker is ignored, as S3 does
        }
        if (idMarker.isEmpty()) {
            return UploadCursor.at(ListObjects.afterMarker(asked, keyMarker));
        }
        // An upload that is gone meanwhile leaves the key's own start: some are listed twice, none is left out.
        byte[] key = ListingRequest.utf8(keyMarker);
        return Uploads.find(tx, idMarker)
                .map(upload -> new UploadCursor(key, upload.initiated().toEpochMilli(), upload.id()))
                .orElse(UploadCursor.at(key));
    }

    private static Result scan(Transaction tx, ListingRequest asked, UploadCursor start) throws SQLException {
        Page<Upload> page = asked.page();
        byte[] below = Key.afterAll(asked.prefixBytes());
        UploadCursor cursor = Arrays.compareUnsigned(start.key(), asked.prefixBytes()) < 0
                ? UploadCursor.at(asked.prefixBytes())
                : start;
        while (asked.limit() > 0) {
            List<Upload> batch = Uploads.list(tx, asked.bucket(), cursor, below, page.room() + 1);
            for (Upload upload : batch) {
                byte[] key = Key.bytes(upload.key());
                if (Arrays.compareUnsigned(key, cursor.key()) < 0) {
                    continue; // under a common prefix that this batch reached before
                }
                switch (page.offer(key, upload)) {
                    case Page.Offer.Taken taken ->
                        cursor = new UploadCursor(key, upload.initiated().toEpochMilli(), upload.id());
                    case Page.Offer.RolledUp rolledUp -> cursor = UploadCursor.at(rolledUp.next());
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

    private MultipartUpload shown(Upload upload) {
        return MultipartUpload.builder()
                .uploadId(upload.id())
                .key(upload.key())
                .initiated(upload.initiated().truncatedTo(ChronoUnit.SECONDS))
                .storageClass("STANDARD")
                .owner(Owners.of(store.ground().account()))
                .initiator(initiator())
                .checksumAlgorithm(upload.checksumChosen() ? upload.algorithm().name() : null)
                .checksumType(upload.checksumChosen() ? upload.checksumType().name() : null)
                .build();
    }

    private static Part shown(Upload upload, StoredPart part) {
        Part.Builder shown = Part.builder()
                .partNumber(part.number())
                .size(part.segment().length())
                .eTag(part.quotedEtag())
                .lastModified(part.lastModified());
        if (upload.checksumChosen()) {
            part.checksum().into((SdkPojo) shown);
        }
        return shown.build();
    }

    private Initiator initiator() {
        return Initiator.builder()
                .id(Owners.id(store.ground().account()))
                .displayName(store.ground().account().id())
                .build();
    }
}
