package dev.feedline.firehose;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;

/// A delivery stream as the catalog keeps it.
///
/// @param source the ARN of the Kinesis stream it reads, or null when producers put into it directly
/// @param sourceRole the role named for reading the source
/// @param version counts from 1, one more with each change of the destination
record DeliveryStream(
        long id,
        String name,
        DeliveryStreamStatus status,
        @Nullable String source,
        @Nullable String sourceRole,
        int version,
        Instant created,
        @Nullable Instant updated,
        ExtendedS3DestinationConfiguration configuration) {
    Destination destination() {
        return DestinationRules.checked(configuration);
    }

    boolean isDirect() {
        return source == null;
    }
}
