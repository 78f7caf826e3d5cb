package dev.feedline.sqs.queue;

import dev.feedline.kernel.Arn;
import dev.feedline.sqs.error.SqsError;
import tools.jackson.databind.JsonNode;

/// Where a message goes that was received too often without being deleted.
///
/// @param maxReceiveCount 1 to 1,000
public record RedrivePolicy(Arn deadLetterTarget, int maxReceiveCount) {
    static final int MOST_RECEIVES = 1000;

    /// Reads `{"deadLetterTargetArn":…,"maxReceiveCount":…}`; the count may come as text, as Terraform once wrote it.
    static RedrivePolicy parse(String json) {
        JsonNode policy = Json.object(json).orElseThrow(() -> invalid(json));
        JsonNode target = policy.path("deadLetterTargetArn");
        int count = policy.path("maxReceiveCount").asInt(0);
        if (policy.size() != 2 || !target.isString() || count < 1 || count > MOST_RECEIVES) {
            throw invalid(json);
        }
        try {
            return new RedrivePolicy(Arn.parse(target.asString()), count);
        } catch (IllegalArgumentException e) {
            throw invalid(json);
        }
    }

    private static RuntimeException invalid(String json) {
        return SqsError.INVALID_ATTRIBUTE_VALUE.because("Value " + json + " for parameter RedrivePolicy is invalid."
                + " Reason: it must hold deadLetterTargetArn and maxReceiveCount (1 to 1000) and nothing else");
    }
}
