package dev.feedline.lambda;

import org.jspecify.annotations.Nullable;

/// The languages functions can be written in, and what runs them here.
final class Runtimes {
    private Runtimes() {}

    /// @throws software.amazon.awssdk.services.lambda.model.LambdaException when there is nothing here
    ///     to run it
    static void require(@Nullable String runtime) {
        throw LambdaError.INVALID_PARAMETER_VALUE.because(
                "Runtime " + runtime + " cannot be run by Feedline: it runs handlers " + Function.BUILT_IN + "<name>");
    }
}
