package dev.feedline.s3.object;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.state.S3Store;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// GetObject: opens the body, or a range of it, and hands it to the caller's transformer as a stream.
public final class GetObject {
    private static final Honoured HONOURED = Honoured.members(ObjectRead.MEMBERS);

    private final S3Store store;
    private final ObjectOpening opening;

    public GetObject(S3Store store) {
        this.store = store;
        this.opening = new ObjectOpening(store);
    }

    public <T> T handle(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        HONOURED.check(request, store.ground().account());
        ReadCondition condition = ReadCondition.of(request, "");
        ObjectOpening.Opened opened = opening.open(request.bucket(), request.key(), request.versionId(), stored -> {
            condition.checkRead(stored.version());
            return ObjectRead.of(request, stored.found(), stored.segments()).range();
        });
        GetObjectResponse.Builder response = GetObjectResponse.builder();
        ObjectRead.of(request, opened.stored().found(), opened.stored().segments())
                .into((SdkPojo) response, request);
        return transform(response.build(), opened.stream(), transformer);
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
