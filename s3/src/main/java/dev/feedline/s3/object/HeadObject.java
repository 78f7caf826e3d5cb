package dev.feedline.s3.object;

import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// HeadObject: what GetObject would say, without the body.
public final class HeadObject {
    private static final Honoured HONOURED = Honoured.members(ObjectRead.MEMBERS);

    private final S3Store store;

    public HeadObject(S3Store store) {
        this.store = store;
    }

    public HeadObjectResponse handle(HeadObjectRequest request) {
        HONOURED.check(request, store.ground().account());
        ObjectRead read = store.read(tx -> {
            ObjectLookup.Found found = ObjectLookup.require(tx, request.bucket(), request.key(), request.versionId());
            ReadCondition.of(request, "").checkRead(found.version());
            return ObjectRead.of(
                    request, found, Versions.segments(tx, found.version().sequence()));
        });
        HeadObjectResponse.Builder response = HeadObjectResponse.builder();
        read.into((SdkPojo) response, request);
        return response.build();
    }
}
