package dev.feedline.s3.multipart;

import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.Expected;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.object.Descriptions;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.S3Store;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;

/// CreateMultipartUpload and AbortMultipartUpload.
public final class UploadLife {
    private static final Honoured CREATE = Honoured.members(Stream.concat(
                    Descriptions.MEMBERS.stream(), Stream.of("Bucket", "Key", "ChecksumAlgorithm", "ChecksumType"))
            .toArray(String[]::new));
    private static final Honoured ABORT = Honoured.members("Bucket", "Key", "UploadId");

    private final S3Store store;

    public UploadLife(S3Store store) {
        this.store = store;
    }

    public CreateMultipartUploadResponse create(CreateMultipartUploadRequest request) {
        CREATE.check(request, store.ground().account());
        Key.bytes(request.key());
        String named = request.checksumAlgorithmAsString();
        Algorithm algorithm = named == null ? Algorithm.CRC64NVME : Expected.algorithm(named);
        Upload upload = new Upload(
                store.ground().ids().hex(64),
                request.bucket(),
                request.key(),
                store.ground().clock().instant(),
                Descriptions.of(request, Optional.empty()),
                algorithm,
                type(algorithm, request.checksumTypeAsString()),
                named != null);
        store.change(change -> {
            Buckets.require(change.tx(), request.bucket());
            Uploads.insert(change.tx(), upload);
            return true;
        });
        return CreateMultipartUploadResponse.builder()
                .bucket(request.bucket())
                .key(request.key())
                .uploadId(upload.id())
                .checksumAlgorithm(named)
                .checksumType(named == null ? null : upload.checksumType().name())
                .build();
    }

    /// Forgets the upload and deletes its parts.
    public AbortMultipartUploadResponse abort(AbortMultipartUploadRequest request) {
        ABORT.check(request, store.ground().account());
        store.change(change -> {
            Buckets.require(change.tx(), request.bucket());
            Uploads.require(change.tx(), request.bucket(), request.key(), request.uploadId());
            change.unname(Uploads.parts(change.tx(), request.uploadId(), 0, StoredPart.MOST).stream()
                    .map(part -> part.segment().file())
                    .toList());
            Uploads.delete(change.tx(), request.uploadId());
            return true;
        });
        return AbortMultipartUploadResponse.builder().build();
    }

    /// The type asked for, or the algorithm's usual one; only CRCs can be had of the whole, and CRC-64 only so.
    private static ObjectChecksum.Type type(Algorithm algorithm, @Nullable String asked) {
        ObjectChecksum.Type usual =
                algorithm == Algorithm.CRC64NVME ? ObjectChecksum.Type.FULL_OBJECT : ObjectChecksum.Type.COMPOSITE;
        ObjectChecksum.Type type = switch (asked) {
            case null -> usual;
            case "COMPOSITE" -> ObjectChecksum.Type.COMPOSITE;
            case "FULL_OBJECT" -> ObjectChecksum.Type.FULL_OBJECT;
            default -> throw S3Error.INVALID_REQUEST.because("Value for x-amz-checksum-type is invalid: " + asked);
        };
        boolean possible =
                type == ObjectChecksum.Type.FULL_OBJECT ? algorithm.combines() : algorithm != Algorithm.CRC64NVME;
        if (!possible) {
            throw S3Error.INVALID_REQUEST.because("The " + type + " checksum type cannot be used with the "
                    + algorithm.headerName() + " checksum algorithm.");
        }
        return type;
    }
}
