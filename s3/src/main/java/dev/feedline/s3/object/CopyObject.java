package dev.feedline.s3.object;

import dev.feedline.s3.body.BodyIntake;
import dev.feedline.s3.body.Received;
import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.Expected;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.notification.EventName;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.NewObject;
import dev.feedline.s3.state.ObjectDescription;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;

/// CopyObject: a new object with the bytes of another and its description, or a new one.
public final class CopyObject {
    private static final Honoured HONOURED = Honoured.members(Stream.concat(
                    Descriptions.MEMBERS.stream(),
                    Stream.of(
                            "DestinationBucket",
                            "DestinationKey",
                            "CopySource",
                            "CopySourceIfMatch",
                            "CopySourceIfNoneMatch",
                            "CopySourceIfModifiedSince",
                            "CopySourceIfUnmodifiedSince",
                            "MetadataDirective",
                            "TaggingDirective",
                            "ChecksumAlgorithm",
                            "IfMatch",
                            "IfNoneMatch"))
            .toArray(String[]::new));

    private final S3Store store;
    private final Placement placement;
    private final ObjectOpening opening;
    private final BodyIntake intake;

    public CopyObject(S3Store store, Placement placement) {
        this.store = store;
        this.placement = placement;
        this.opening = new ObjectOpening(store);
        this.intake = BodyIntake.ofObjects(store.bodies());
    }

    @SuppressWarnings("deprecation") // copySource is what travels; the proxy folds the newer members into it
    public CopyObjectResponse handle(CopyObjectRequest request) {
        HONOURED.check(request, store.ground().account());
        CopySource source = CopySource.parse(request.copySource());
        boolean replacesDescription = replaces("MetadataDirective", request.metadataDirectiveAsString());
        boolean replacesTags = replaces("TaggingDirective", request.taggingDirectiveAsString());
        ObjectDescription given = Descriptions.of(request, Optional.empty());
        refuseCopyToItself(request, source, replacesDescription);
        WriteCondition condition = WriteCondition.of(request);
        checkDestination(request, condition);
        ObjectOpening.Opened opened = open(request, source);
        ObjectVersion original = opened.stored().version();
        Received received = receive(opened, algorithm(request, original));
        ObjectDescription kept = original.description();
        ObjectDescription description = new ObjectDescription(
                replacesDescription ? given.headers() : kept.headers(),
                replacesDescription ? given.metadata() : kept.metadata(),
                replacesTags ? given.tags() : kept.tags());
        NewObject copy = new NewObject(
                request.destinationBucket(),
                request.destinationKey(),
                description,
                received.body(),
                received.etag(),
                received.checksum());
        Placement.Placed placed = placement.place(copy, condition, EventName.CREATED_COPY, received.files());
        return response(placed, received, opened.stored().found());
    }

    private void checkDestination(CopyObjectRequest request, WriteCondition condition) {
        byte[] key = Key.bytes(request.destinationKey());
        store.read(tx -> {
            Buckets.require(tx, request.destinationBucket());
            condition.check(Versions.latest(tx, request.destinationBucket(), key));
            return true;
        });
    }

    private ObjectOpening.Opened open(CopyObjectRequest request, CopySource source) {
        ReadCondition condition = ReadCondition.of(request, "CopySource");
        return opening.open(source.bucket(), source.key(), source.versionId(), stored -> {
            condition.checkCopy(stored.version());
            if (stored.version().size() > BodyIntake.LARGEST) {
                throw S3Error.INVALID_REQUEST.because("The specified copy source is larger than the maximum allowable"
                        + " size for a copy source: " + BodyIntake.LARGEST);
            }
            return ByteRange.all(stored.version().size());
        });
    }

    private Received receive(ObjectOpening.Opened opened, Algorithm algorithm) {
        try (InputStream stream = new SourceStream(opened.stream())) {
            OptionalLong length = OptionalLong.of(opened.range().length());
            return intake.receive(stream, length, Expected.nothing(algorithm));
        } catch (IOException e) {
            throw new UncheckedIOException("closing the source failed", e);
        }
    }

    private static Algorithm algorithm(CopyObjectRequest request, ObjectVersion original) {
        String named = request.checksumAlgorithmAsString();
        return named == null
                ? original.checksum().map(ObjectChecksum::algorithm).orElse(Algorithm.CRC64NVME)
                : Expected.algorithm(named);
    }

    private static boolean replaces(String member, @Nullable String directive) {
        return switch (directive) {
            case "REPLACE" -> true;
            case "COPY" -> false;
            case null -> false;
            default -> throw S3Error.INVALID_ARGUMENT.because("Unknown " + member + ": " + directive);
        };
    }

    private static void refuseCopyToItself(CopyObjectRequest request, CopySource source, boolean replacesDescription) {
        boolean same = source.bucket().equals(request.destinationBucket())
                && source.key().equals(request.destinationKey())
                && source.versionId() == null;
        if (same && !replacesDescription) {
            throw S3Error.INVALID_REQUEST.because(
                    "This copy request is illegal because it is trying to copy an object to"
                            + " itself without changing the object's metadata, storage class, website redirect location or"
                            + " encryption attributes.");
        }
    }

    private static CopyObjectResponse response(Placement.Placed placed, Received received, ObjectLookup.Found source) {
        CopyObjectResult.Builder result = CopyObjectResult.builder()
                .eTag(placed.version().quotedEtag())
                .lastModified(placed.version().lastModified());
        received.checksum().into((SdkPojo) result);
        return CopyObjectResponse.builder()
                .copyObjectResult(result.build())
                .versionId(placed.shownVersionId())
                .copySourceVersionId(source.shownVersionId())
                .build();
    }
}
