package dev.feedline.lambda;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/// One run of a function that is to be made.
///
/// @param payload the event, JSON
/// @param clientContext what a synchronous caller says about itself, Base64 of JSON
record Invocation(
        Function function,
        String requestId,
        SdkBytes payload,
        @Nullable String clientContext) {
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, for events and for
    /// answers.
    static final int LARGEST_PAYLOAD_BYTES = 6 * 1024 * 1024;

    /// Lambda raised it from 256 KB to 1 MB in 2025.
    static final int LARGEST_ASYNCHRONOUS_PAYLOAD_BYTES = 1024 * 1024;
}
