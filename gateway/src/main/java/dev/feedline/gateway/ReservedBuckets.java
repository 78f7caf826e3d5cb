package dev.feedline.gateway;

import dev.feedline.wire.Call;
import dev.feedline.wire.WireError;
import java.util.Set;

/// Names that no bucket may have, because unsigned requests under them belong to another door.
final class ReservedBuckets {
    private static final Set<String> NAMES =
            Set.of("session", "queries", "telemetry", "v1", "api", "2018-06-01", "_feedline");

    private ReservedBuckets() {}

    static void refuse(Call call) {
        String bucket = call.labels().getOrDefault("Bucket", "");
        if (call.operation().name().equals("CreateBucket") && NAMES.contains(bucket)) {
            throw WireError.INVALID_BUCKET_NAME.because("The bucket name " + bucket
                    + " is reserved: the gateway serves another protocol under /" + bucket + ".");
        }
    }
}
