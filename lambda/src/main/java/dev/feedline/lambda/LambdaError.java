package dev.feedline.lambda;

import dev.feedline.kernel.Blame;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.CodeStorageExceededException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PolicyLengthExceededException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// What can go wrong in Lambda, each with the one who can mend it, its HTTP status and its form on the
/// wire.
enum LambdaError {
    RESOURCE_NOT_FOUND(Blame.CALLER, 404),
    RESOURCE_CONFLICT(Blame.CALLER, 409),
    INVALID_PARAMETER_VALUE(Blame.CALLER, 400),
    INVALID_REQUEST_CONTENT(Blame.CALLER, 400),
    REQUEST_TOO_LARGE(Blame.CALLER, 413),
    CODE_STORAGE_EXCEEDED(Blame.CALLER, 400),
    POLICY_LENGTH_EXCEEDED(Blame.CALLER, 400),
    PRECONDITION_FAILED(Blame.CALLER, 412),
    /// As many invocations run as may, or as many events wait.
    TOO_MANY_REQUESTS(Blame.CALLER, 429),
    SERVICE(Blame.FEEDLINE, 500),
    /// No room on the disk: nothing was changed, and the request may be sent again later.
    SLOW_DOWN(Blame.RESOURCE, 503);

    private final Blame blame;
    private final int status;

    LambdaError(Blame blame, int status) {
        this.blame = blame;
        this.status = status;
    }

    Blame blame() {
        return blame;
    }

    AwsServiceException because(String message) {
        return because(message, null);
    }

    AwsServiceException because(String message, @Nullable Throwable cause) {
        AwsServiceException.Builder exception = builder(blame == Blame.CALLER ? "User" : "Service");
        exception.message(message);
        exception.statusCode(status);
        exception.cause(cause);
        exception.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(code())
                .errorMessage(message)
                .serviceName("Lambda")
                .build());
        return exception.build();
    }

    private String code() {
        return switch (this) {
            case RESOURCE_NOT_FOUND -> "ResourceNotFoundException";
            case RESOURCE_CONFLICT -> "ResourceConflictException";
            case INVALID_PARAMETER_VALUE -> "InvalidParameterValueException";
            case INVALID_REQUEST_CONTENT -> "InvalidRequestContentException";
            case REQUEST_TOO_LARGE -> "RequestTooLargeException";
            case CODE_STORAGE_EXCEEDED -> "CodeStorageExceededException";
            case POLICY_LENGTH_EXCEEDED -> "PolicyLengthExceededException";
            case PRECONDITION_FAILED -> "PreconditionFailedException";
            case TOO_MANY_REQUESTS -> "TooManyRequestsException";
            case SERVICE -> "ServiceException";
            case SLOW_DOWN -> "SlowDown";
        };
    }

    private AwsServiceException.Builder builder(String type) {
        return switch (this) {
            case RESOURCE_NOT_FOUND -> ResourceNotFoundException.builder().type(type);
            case RESOURCE_CONFLICT -> ResourceConflictException.builder().type(type);
            case INVALID_PARAMETER_VALUE ->
                InvalidParameterValueException.builder().type(type);
            case INVALID_REQUEST_CONTENT ->
                InvalidRequestContentException.builder().type(type);
            case REQUEST_TOO_LARGE -> RequestTooLargeException.builder().type(type);
            case CODE_STORAGE_EXCEEDED -> CodeStorageExceededException.builder().type(type);
            case POLICY_LENGTH_EXCEEDED ->
                PolicyLengthExceededException.builder().type(type);
            case PRECONDITION_FAILED -> PreconditionFailedException.builder().type(type);
            case TOO_MANY_REQUESTS -> TooManyRequestsException.builder().type(type);
            case SERVICE -> ServiceException.builder().type(type);
            case SLOW_DOWN -> LambdaException.builder();
        };
    }
}
