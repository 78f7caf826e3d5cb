package dev.feedline.lambda;

import software.amazon.awssdk.core.SdkBytes;

/// How a run of a function ended.
sealed interface Outcome {
    SdkBytes payload();

    /// The function returned.
    record Returned(SdkBytes payload) implements Outcome {}

    /// The function failed, timed out or ended its process; `payload` is the error as AWS shapes it.
    ///
    /// @param message its `errorMessage`
    record Failed(SdkBytes payload, String message) implements Outcome {
        /// AWS tells handled from unhandled errors no more: what a runtime reports is unhandled.
        static final String FUNCTION_ERROR = "Unhandled";
    }
}
