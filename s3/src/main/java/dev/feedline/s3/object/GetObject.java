package dev.feedline.s3.object;

import dev.feedline.s3.body.Body;
import dev.feedline.s3.body.BodyReading;
import dev.feedline.s3.body.Segment;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// GetObject: opens the body, or a range of it, and hands it to the caller's transformer as a stream.
public final class GetObject {
    private static final Honoured HONOURED = Honoured.members(ObjectRead.MEMBERS);
    // Between the look at the row and the opening of its file the object may be replaced; twice in a row is rare.
    private static final int MOST_LOOKS = 5;

    private final S3Store store;
    private final BodyReading reading;

    public GetObject(S3Store store) {
        this.store = store;
        this.reading = new BodyReading(store.bodies());
    }

    private record Stored(ObjectLookup.Found found, Body body) {
        List<Segment> segments() {
            return body instanceof Body.Filed filed ? filed.segments() : List.of();
        }
    }

    private record Opened(ObjectRead read, InputStream stream) {}

    public <T> T handle(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        HONOURED.check(request, store.ground().account());
        Opened opened = open(request);
        GetObjectResponse.Builder response = GetObjectResponse.builder();
        opened.read().into((SdkPojo) response, request);
        return transform(response.build(), opened.stream(), transformer);
    }

    private Opened open(GetObjectRequest request) {
        ReadCondition condition = ReadCondition.of(request, "");
        for (int look = 1; look <= MOST_LOOKS; look++) {
            Stored stored = look(request);
            condition.checkRead(stored.found().version());
            ObjectRead read = ObjectRead.of(request, stored.found(), stored.segments());
            Optional<InputStream> stream = open(stored, read.range());
            if (stream.isPresent()) {
                return new Opened(read, stream.get());
            }
        }
        throw S3Error.INTERNAL_ERROR.because("The body of " + request.bucket() + "/" + request.key()
                + " is not where its row says. Check the data folder's disk and restore it from a copy.");
    }

    private Stored look(GetObjectRequest request) {
        return store.read(tx -> {
            ObjectLookup.Found found = ObjectLookup.require(tx, request.bucket(), request.key(), request.versionId());
            return new Stored(found, Versions.body(tx, found.version()));
        });
    }

    private Optional<InputStream> open(Stored stored, ByteRange range) {
        try {
            return reading.open(stored.body(), range.offset(), range.length());
        } catch (IOException e) {
            throw S3Error.INTERNAL_ERROR.because(
                    "The object " + stored.found().version().key() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Runs the transformer; the stream stays open only for one that hands it on to the caller.
    private static <T> T transform(
            GetObjectResponse response, InputStream stream, ResponseTransformer<GetObjectResponse, T> transformer) {
        boolean handedOn = false;
        try {
            T result = transformer.transform(response, AbortableInputStream.create(stream, () -> close(stream)));
            handedOn = transformer.needsConnectionLeftOpen();
            return result;
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted while reading the object", e);
        } catch (Exception e) {
            throw SdkClientException.create("the object could not be read: " + e.getMessage(), e);
        } finally {
            if (!handedOn) {
                close(stream);
            }
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw SdkClientException.create("the object's stream could not be closed: " + e.getMessage(), e);
        }
    }
}
