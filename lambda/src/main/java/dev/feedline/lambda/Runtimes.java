package dev.feedline.lambda;

import org.jspecify.annotations.Nullable;

/// The languages functions can be written in, and what runs them here.
enum Runtimes {
    /// The Java Feedline itself runs on, with AWS's runtime interface client.
    JAVA,
    /// The executable `bootstrap` of the zip, which speaks the Runtime API itself.
    PROVIDED;

    /// @throws software.amazon.awssdk.services.lambda.model.LambdaException when there is nothing here
    /// to run it
    static Runtimes of(@Nullable String runtime, LambdaSettings.Processes processes) {
        if (processes.maximum() == 0) {
            throw refused(runtime, "this Feedline runs no processes, only handlers " + Function.BUILT_IN + "<name>");
        }
        return switch (runtime == null ? "" : runtime) {
            case "java17", "java21", "java25" -> {
                if (processes.runtimeInterfaceClient().isEmpty()) {
                    throw refused(runtime, "the jars of aws-lambda-java-runtime-interface-client are not there");
                }
                yield JAVA;
            }
            case "provided.al2023", "provided.al2", "provided" -> PROVIDED;
            default ->
                throw refused(runtime, "there are java17, java21, java25, provided.al2023, provided.al2, provided");
        };
    }

    private static RuntimeException refused(@Nullable String runtime, String why) {
        return LambdaError.INVALID_PARAMETER_VALUE.because("Runtime " + runtime + " cannot be run by Feedline: " + why);
    }
}
