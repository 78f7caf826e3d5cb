package dev.feedline.s3.multipart;

import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.notification.EventName;
import dev.feedline.s3.object.Etags;
import dev.feedline.s3.object.Placement;
import dev.feedline.s3.object.WriteCondition;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Change;
import dev.feedline.s3.state.NewObject;
import dev.feedline.s3.state.S3Store;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// CompleteMultipartUpload: the parts named become an object, in one transaction that moves no byte.
public final class CompleteUpload {
    /// Every part but the last has at least 5 MiB.
    static final long SMALLEST_PART = 5L << 20;

    private static final Honoured HONOURED = Honoured.members(
            "Bucket",
            "Key",
            "UploadId",
            "MultipartUpload",
            "ChecksumCRC32",
            "ChecksumCRC32C",
            "ChecksumCRC64NVME",
            "ChecksumSHA1",
            "ChecksumSHA256",
            "ChecksumType",
            "MpuObjectSize",
            "IfMatch",
            "IfNoneMatch");

    private final S3Store store;
    private final Placement placement;

    public CompleteUpload(S3Store store, Placement placement) {
        this.store = store;
        this.placement = placement;
    }

    private record Completed(Placement.Placed placed, ObjectChecksum checksum) {}

    public CompleteMultipartUploadResponse handle(CompleteMultipartUploadRequest request) {
        HONOURED.check(request, store.ground().account());
        List<CompletedPart> named = Optional.ofNullable(request.multipartUpload())
                .map(CompletedMultipartUpload::parts)
                .orElse(List.of());
        requireOrder(named);
        WriteCondition condition = WriteCondition.of(request);
        Completed completed = store.change(change -> complete(change, request, named, condition));
        CompleteMultipartUploadResponse.Builder response = CompleteMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .location("/" + request.bucket() + "/" + request.key())
                .eTag(completed.placed().version().quotedEtag())
                .versionId(completed.placed().shownVersionId());
        completed.checksum().into((SdkPojo) response);
        return response.build();
    }

    private Completed complete(
            Change change, CompleteMultipartUploadRequest request, List<CompletedPart> named, WriteCondition condition)
            throws SQLException {
        Buckets.require(change.tx(), request.bucket());
        Upload upload = Uploads.require(change.tx(), request.bucket(), request.key(), request.uploadId());
        List<StoredPart> stored = Uploads.parts(change.tx(), upload.id(), 0, StoredPart.MOST);
        Assembly assembly = new Assembly(upload, chosen(upload, stored, named));
        requireSizes(assembly.parts());
        requireWhole(request, assembly);
        NewObject object = new NewObject(
                upload.bucket(),
                upload.key(),
                upload.description(),
                assembly.body(),
                assembly.etag(),
                assembly.checksum());
        Placement.Placed placed =
                placement.place(change, object, condition, EventName.CREATED_COMPLETE_MULTIPART_UPLOAD);
        Uploads.delete(change.tx(), upload.id());
        change.unname(leftOver(stored, assembly.parts()));
        return new Completed(placed, assembly.checksum());
    }

    private static void requireOrder(List<CompletedPart> named) {
        if (named.isEmpty()) {
            throw S3Error.MALFORMED_XML.because(
                    "The XML you provided was not well-formed: a completed upload names at least one part");
        }
        int before = 0;
        for (CompletedPart part : named) {
            int number = Optional.ofNullable(part.partNumber()).orElse(0);
            if (number <= before) {
                throw S3Error.INVALID_PART_ORDER.because("The list of parts was not in ascending order. Parts must be"
                        + " ordered by part number: " + number + " comes after " + before);
            }
            before = number;
        }
    }

    private static List<StoredPart> chosen(Upload upload, List<StoredPart> stored, List<CompletedPart> named) {
        Map<Integer, StoredPart> byNumber =
                stored.stream().collect(Collectors.toMap(StoredPart::number, Function.identity()));
        return named.stream()
                .map(part -> chosen(upload, Optional.ofNullable(byNumber.get(part.partNumber())), part))
                .toList();
    }

    private static StoredPart chosen(Upload upload, Optional<StoredPart> stored, CompletedPart named) {
        StoredPart part = stored.filter(one ->
                        named.eTag() != null && Etags.unquoted(named.eTag()).equals(one.etag()))
                .orElseThrow(() -> invalid(named));
        Optional<String> given = checksum(named, upload.algorithm());
        boolean needed = upload.checksumChosen() && upload.checksumType() == ObjectChecksum.Type.COMPOSITE;
        if (needed && given.isEmpty()) {
            throw S3Error.INVALID_REQUEST.because("The upload was created using a "
                    + upload.algorithm().headerName() + " checksum. The complete request must include the checksum for"
                    + " each part. It was missing for part " + named.partNumber() + " in the request.");
        }
        if (given.isPresent() && !given.get().equals(part.checksum().value())) {
            throw invalid(named);
        }
        return part;
    }

    private static Optional<String> checksum(CompletedPart part, Algorithm algorithm) {
        return part.getValueForField(algorithm.member(), String.class);
    }

    private static RuntimeException invalid(CompletedPart part) {
        return S3Error.INVALID_PART.because(
                "One or more of the specified parts could not be found. The part may not have"
                        + " been uploaded, or the specified entity tag may not match the part's entity tag: part "
                        + part.partNumber());
    }

    private static void requireSizes(List<StoredPart> parts) {
        for (StoredPart part : parts.subList(0, parts.size() - 1)) {
            if (part.segment().length() < SMALLEST_PART) {
                throw S3Error.ENTITY_TOO_SMALL.because("Your proposed upload is smaller than the minimum allowed size:"
                        + " part " + part.number() + " has " + part.segment().length() + " bytes of " + SMALLEST_PART);
            }
        }
    }

    /// What the request says of the whole has to be so.
    private static void requireWhole(CompleteMultipartUploadRequest request, Assembly assembly) {
        Long size = request.mpuObjectSize();
        if (size != null && size != assembly.size()) {
            throw S3Error.INVALID_REQUEST.because("The provided 'x-amz-mp-object-size' header value " + size
                    + " does not match what was computed: " + assembly.size());
        }
        ObjectChecksum computed = assembly.checksum();
        String type = request.checksumTypeAsString();
        if (type != null && !type.equals(computed.type().name())) {
            throw S3Error.INVALID_REQUEST.because("The upload was created with checksum type " + computed.type()
                    + ", the complete request says " + type);
        }
        for (SdkField<?> field : request.sdkFields()) {
            Object given = field.getValueOrDefault(request);
            boolean ours = field.memberName().equals(computed.algorithm().member());
            boolean checksum = field.memberName().startsWith("Checksum")
                    && !field.memberName().equals("ChecksumType");
            if (checksum && given != null && !(ours && given.equals(computed.value()))) {
                throw S3Error.BAD_DIGEST.because("The " + field.memberName() + " you specified did not match the"
                        + " calculated checksum: " + given + " specified, " + computed.value() + " computed with "
                        + computed.algorithm());
            }
        }
    }

    private static List<String> leftOver(List<StoredPart> stored, List<StoredPart> taken) {
        Set<StoredPart> left = new HashSet<>(stored);
        taken.forEach(left::remove);
        return left.stream().map(part -> part.segment().file()).toList();
    }
}
