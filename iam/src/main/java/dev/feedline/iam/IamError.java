package dev.feedline.iam;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.ServiceFailureException;

/// What can go wrong in IAM, each with its status and its form on the wire.
enum IamError {
    NO_SUCH_ENTITY(404),
    ENTITY_ALREADY_EXISTS(409),
    /// What is to be deleted still has policies.
    DELETE_CONFLICT(409),
    LIMIT_EXCEEDED(409),
    MALFORMED_POLICY_DOCUMENT(400),
    INVALID_INPUT(400),
    /// A member is missing, too long, or not of its pattern. IAM's model has no shape for it.
    VALIDATION(400),
    SERVICE_FAILURE(500),
    /// No room on the disk: nothing was changed, and the request may be sent again later.
    SLOW_DOWN(503);

    private final int status;

    IamError(int status) {
        this.status = status;
    }

    AwsServiceException because(String message) {
        return because(message, null);
    }

    AwsServiceException because(String message, @Nullable Throwable cause) {
        AwsServiceException.Builder exception = builder();
        exception.message(message);
        exception.statusCode(status);
        exception.cause(cause);
        exception.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(code())
                .errorMessage(message)
                .serviceName("Iam")
                .build());
        return exception.build();
    }

    private String code() {
        return switch (this) {
            case NO_SUCH_ENTITY -> "NoSuchEntity";
            case ENTITY_ALREADY_EXISTS -> "EntityAlreadyExists";
            case DELETE_CONFLICT -> "DeleteConflict";
            case LIMIT_EXCEEDED -> "LimitExceeded";
            case MALFORMED_POLICY_DOCUMENT -> "MalformedPolicyDocument";
            case INVALID_INPUT -> "InvalidInput";
            case VALIDATION -> "ValidationError";
            case SERVICE_FAILURE -> "ServiceFailure";
            case SLOW_DOWN -> "SlowDown";
        };
    }

    private AwsServiceException.Builder builder() {
        return switch (this) {
            case NO_SUCH_ENTITY -> NoSuchEntityException.builder();
            case ENTITY_ALREADY_EXISTS -> EntityAlreadyExistsException.builder();
            case DELETE_CONFLICT -> DeleteConflictException.builder();
            case LIMIT_EXCEEDED -> LimitExceededException.builder();
            case MALFORMED_POLICY_DOCUMENT -> MalformedPolicyDocumentException.builder();
            case INVALID_INPUT -> InvalidInputException.builder();
            case SERVICE_FAILURE -> ServiceFailureException.builder();
            case VALIDATION, SLOW_DOWN -> IamException.builder();
        };
    }
}
