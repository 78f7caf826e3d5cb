package dev.feedline.s3.object;

import dev.feedline.s3.body.BodyIntake;
import dev.feedline.s3.body.Received;
import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.Expected;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.notification.EventName;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.NewObject;
import dev.feedline.s3.state.ObjectDescription;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// PutObject: takes the body in, then makes it the key's current object and writes its event, in one transaction.
public final class PutObject {
    private static final Honoured HONOURED = Honoured.members(Stream.concat(
                    Descriptions.MEMBERS.stream(),
                    Stream.of(
                            "Bucket",
                            "Key",
                            "ContentLength",
                            "ContentMD5",
                            "ChecksumAlgorithm",
                            "ChecksumCRC32",
                            "ChecksumCRC32C",
                            "ChecksumCRC64NVME",
                            "ChecksumSHA1",
                            "ChecksumSHA256",
                            "IfMatch",
                            "IfNoneMatch"))
            .toArray(String[]::new));

    private final S3Store store;
    private final Placement placement;
    private final BodyIntake intake;

    public PutObject(S3Store store, Placement placement) {
        this.store = store;
        this.placement = placement;
        this.intake = BodyIntake.ofObjects(store.bodies());
    }

    public PutObjectResponse handle(PutObjectRequest request, RequestBody body) {
        HONOURED.check(request, store.ground().account());
        byte[] key = Key.bytes(request.key());
        ObjectDescription description = Descriptions.of(request, Optional.ofNullable(body.contentType()));
        WriteCondition condition = WriteCondition.of(request);
        Expected expected = Expected.of(request, Algorithm.CRC64NVME);
        store.read(tx -> {
            Buckets.require(tx, request.bucket());
            condition.check(Versions.latest(tx, request.bucket(), key));
            return true;
        });
        Received received = receive(body, length(request, body), expected);
        NewObject object = new NewObject(
                request.bucket(), request.key(), description, received.body(), received.etag(), received.checksum());
        return response(placement.place(object, condition, EventName.CREATED_PUT, received.files()), received);
    }

    private Received receive(RequestBody body, OptionalLong length, Expected expected) {
        try (InputStream stream = body.contentStreamProvider().newStream()) {
            return intake.receive(stream, length, expected);
        } catch (IOException e) {
            throw new UncheckedIOException("closing the body's stream failed", e);
        }
    }

    private static OptionalLong length(PutObjectRequest request, RequestBody body) {
        Optional<Long> length = Optional.ofNullable(request.contentLength()).or(body::optionalContentLength);
        return length.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static PutObjectResponse response(Placement.Placed placed, Received received) {
        PutObjectResponse.Builder response =
                PutObjectResponse.builder().eTag(placed.version().quotedEtag()).versionId(placed.shownVersionId());
        received.checksum().into((SdkPojo) response);
        return response.build();
    }
}
