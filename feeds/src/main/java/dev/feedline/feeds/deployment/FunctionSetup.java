package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Buckets;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Environment;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

/// The pipeline's two functions.
final class FunctionSetup {
    /// Lambda's longest.
    static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final int MEMORY_MEGABYTES = 1024;

    private final LambdaClient lambda;
    private final FunctionCode code;
    private final Environment environment;

    FunctionSetup(LambdaClient lambda, FunctionCode code, Buckets buckets) {
        this.lambda = lambda;
        this.code = code;
        this.environment = Environment.builder()
                .variables(Map.of(
                        "FEEDLINE_SOURCE_BUCKET", buckets.source(),
                        "FEEDLINE_LANDING_BUCKET", buckets.landing(),
                        "FEEDLINE_LAKE_BUCKET", buckets.lake()))
                .build();
    }

    /// Creates the function, or gives it this code when it has another; returns its ARN.
    String put(String name, String handler) {
        try {
            FunctionConfiguration present =
                    lambda.getFunction(request -> request.functionName(name)).configuration();
            if (!present.handler().equals(handler)) {
                lambda.updateFunctionCode(request -> request.functionName(name).zipFile(code.zip()));
                lambda.updateFunctionConfiguration(
                        request -> request.functionName(name).handler(handler));
            }
            return present.functionArn();
        } catch (ResourceNotFoundException e) {
            return lambda.createFunction(request -> request.functionName(name)
                            .runtime(Runtime.JAVA25)
                            .handler(handler)
                            .role("arn:aws:iam::000000000000:role/feedline")
                            .code(it -> it.zipFile(code.zip()))
                            .timeout((int) TIMEOUT.toSeconds())
                            .memorySize(MEMORY_MEGABYTES)
                            .environment(environment))
                    .functionArn();
        }
    }

    /// Lets the bucket invoke the function, as S3 asks for before it takes a notification to it.
    void allow(String function, String bucket) {
        try {
            lambda.addPermission(request -> request.functionName(function)
                    .statementId("s3-" + bucket)
                    .action("lambda:InvokeFunction")
                    .principal("s3.amazonaws.com")
                    .sourceArn("arn:aws:s3:::" + bucket));
        } catch (ResourceConflictException e) {
            // The statement is there already, which is what was asked for.
            return;
        }
    }
}
