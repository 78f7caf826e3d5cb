package dev.feedline.gateway;

import dev.feedline.kernel.Caller;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// A function that answers with what it was given, its name and who called.
final class FakeLambda implements LambdaClient {
    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        String caller = Caller.current().map(Caller::accessKeyId).orElse("nobody");
        String text = request.functionName() + " by " + caller + ": "
                + request.payload().asUtf8String();
        return InvokeResponse.builder()
                .statusCode(request.invocationTypeAsString() == null ? 200 : 202)
                .functionError("Unhandled")
                .executedVersion("$LATEST")
                .payload(SdkBytes.fromUtf8String(text))
                .build();
    }

    @Override
    public CreateFunctionResponse createFunction(CreateFunctionRequest request) {
        return CreateFunctionResponse.builder()
                .functionName(request.functionName())
                .codeSize((long) request.code().zipFile().asByteArray().length)
                .environment(EnvironmentResponse.builder()
                        .variables(Map.copyOf(request.environment().variables()))
                        .build())
                .build();
    }

    @Override
    public GetFunctionResponse getFunction(GetFunctionRequest request) {
        throw ResourceNotFoundException.builder()
                .type("User")
                .statusCode(404)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ResourceNotFoundException")
                        .errorMessage("Function not found: " + request.functionName())
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return "lambda";
    }

    @Override
    public void close() {}
}
