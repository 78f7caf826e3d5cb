package dev.feedline.s3.multipart;

import dev.feedline.s3.body.Body;
import dev.feedline.s3.body.BodyIntake;
import dev.feedline.s3.body.Received;
import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.Expected;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.object.ByteRange;
import dev.feedline.s3.object.CopySource;
import dev.feedline.s3.object.ObjectOpening;
import dev.feedline.s3.object.ReadCondition;
import dev.feedline.s3.object.SourceStream;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Change;
import dev.feedline.s3.state.S3Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// UploadPart and UploadPartCopy: a part is a file of its own, which the completed object takes over.
public final class PartIntake {
    private static final Honoured UPLOAD = Honoured.members(
            "Bucket",
            "Key",
            "UploadId",
            "PartNumber",
            "ContentLength",
            "ContentMD5",
            "ChecksumAlgorithm",
            "ChecksumCRC32",
            "ChecksumCRC32C",
            "ChecksumCRC64NVME",
            "ChecksumSHA1",
            "ChecksumSHA256");
    private static final Honoured COPY = Honoured.members(
            "DestinationBucket",
            "DestinationKey",
            "UploadId",
            "PartNumber",
            "CopySource",
            "CopySourceRange",
            "CopySourceIfMatch",
            "CopySourceIfNoneMatch",
            "CopySourceIfModifiedSince",
            "CopySourceIfUnmodifiedSince");

    private final S3Store store;
    private final BodyIntake intake;
    private final ObjectOpening opening;

    public PartIntake(S3Store store) {
        this.store = store;
        this.intake = BodyIntake.ofParts(store.bodies());
        this.opening = new ObjectOpening(store);
    }

    public UploadPartResponse upload(UploadPartRequest request, RequestBody body) {
        UPLOAD.check(request, store.ground().account());
        requireNumber(request.partNumber());
        Upload upload = find(request.bucket(), request.key(), request.uploadId());
        Expected expected = expected(request, upload);
        Optional<Long> length = Optional.ofNullable(request.contentLength()).or(body::optionalContentLength);
        Received received = receive(
                body.contentStreamProvider().newStream(),
                length.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                expected);
        StoredPart part = keep(upload, request.partNumber(), received);
        UploadPartResponse.Builder response = UploadPartResponse.builder().eTag(part.quotedEtag());
        shown(upload, expected, part).ifPresent(checksum -> checksum.into((SdkPojo) response));
        return response.build();
    }

    @SuppressWarnings("deprecation") // copySource is what travels; the proxy folds the newer members into it
    public UploadPartCopyResponse copy(UploadPartCopyRequest request) {
        COPY.check(request, store.ground().account());
        requireNumber(request.partNumber());
        CopySource source = CopySource.parse(request.copySource());
        Upload upload = find(request.destinationBucket(), request.destinationKey(), request.uploadId());
        ReadCondition condition = ReadCondition.of(request, "CopySource");
        Optional<String> range = Optional.ofNullable(request.copySourceRange());
        ObjectOpening.Opened opened = opening.open(source.bucket(), source.key(), source.versionId(), stored -> {
            condition.checkCopy(stored.version());
            return range.map(
                            text -> ByteRange.parseCopied(text, stored.version().size()))
                    .orElse(ByteRange.all(stored.version().size()));
        });
        OptionalLong length = OptionalLong.of(opened.range().length());
        Received received = receive(new SourceStream(opened.stream()), length, Expected.nothing(upload.algorithm()));
        StoredPart part = keep(upload, request.partNumber(), received);
        CopyPartResult.Builder result =
                CopyPartResult.builder().eTag(part.quotedEtag()).lastModified(part.lastModified());
        if (upload.checksumChosen()) {
            part.checksum().into((SdkPojo) result);
        }
        return UploadPartCopyResponse.builder()
                .copyPartResult(result.build())
                .copySourceVersionId(opened.stored().found().shownVersionId())
                .build();
    }

    private Upload find(String bucket, String key, String id) {
        return store.read(tx -> {
            Buckets.require(tx, bucket);
            return Uploads.require(tx, bucket, key, id);
        });
    }

    /// What the request says of the part; kept is always the checksum of the upload's algorithm.
    private static Expected expected(UploadPartRequest request, Upload upload) {
        Expected expected = Expected.of(request, upload.algorithm());
        if (upload.checksumChosen() && expected.algorithm() != upload.algorithm()) {
            throw S3Error.INVALID_REQUEST.because("Checksum Type mismatch occurred, expected checksum Type: "
                    + upload.algorithm().headerName() + ", actual checksum Type: "
                    + expected.algorithm().headerName());
        }
        return expected.keeping(upload.algorithm());
    }

    private Received receive(InputStream body, OptionalLong length, Expected expected) {
        try (InputStream stream = body) {
            return intake.receive(stream, length, expected);
        } catch (IOException e) {
            throw new UncheckedIOException("closing the part's stream failed", e);
        }
    }

    private StoredPart keep(Upload upload, int number, Received received) {
        try {
            return store.change(change -> keep(change, upload, number, received));
        } catch (RuntimeException e) {
            store.abandon(received.files(), e);
            throw e;
        }
    }

    private StoredPart keep(Change change, Upload upload, int number, Received received) throws SQLException {
        Uploads.require(change.tx(), upload.bucket(), upload.key(), upload.id());
        Optional<StoredPart> replaced = Uploads.part(change.tx(), upload.id(), number);
        replaced.ifPresent(part -> change.unname(List.of(part.segment().file())));
        Body.Filed filed = (Body.Filed) received.body();
        StoredPart part = new StoredPart(
                number,
                filed.segments().getFirst(),
                received.etag(),
                received.checksum(),
                store.ground().clock().instant());
        Uploads.putPart(change.tx(), upload.id(), part);
        return part;
    }

    /// The caller sees the checksum it chose for the upload, or else the one it gave for the part.
    private static Optional<ObjectChecksum> shown(Upload upload, Expected expected, StoredPart part) {
        if (upload.checksumChosen()) {
            return Optional.of(part.checksum());
        }
        Optional<Algorithm> given = expected.checksums().keySet().stream().findFirst();
        return given.map(algorithm ->
                ObjectChecksum.whole(algorithm, expected.checksums().getOrDefault(algorithm, "")));
    }

    private static void requireNumber(int number) {
        if (number < 1 || number > StoredPart.MOST) {
            throw S3Error.INVALID_ARGUMENT.because(
                    "Part number must be an integer between 1 and " + StoredPart.MOST + ", inclusive; it is " + number);
        }
    }
}
