package dev.feedline.kinesis;

import dev.feedline.kernel.Blame;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.InternalFailureException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/// Everything that can go wrong here, in the words of AWS.
enum KinesisError {
    RESOURCE_NOT_FOUND(Blame.CALLER, 400, "ResourceNotFoundException"),
    RESOURCE_IN_USE(Blame.CALLER, 400, "ResourceInUseException"),
    INVALID_ARGUMENT(Blame.CALLER, 400, "InvalidArgumentException"),
    VALIDATION(Blame.CALLER, 400, "ValidationException"),
    LIMIT_EXCEEDED(Blame.CALLER, 400, "LimitExceededException"),
    THROUGHPUT_EXCEEDED(Blame.CALLER, 400, "ProvisionedThroughputExceededException"),
    EXPIRED_ITERATOR(Blame.CALLER, 400, "ExpiredIteratorException"),
    EXPIRED_NEXT_TOKEN(Blame.CALLER, 400, "ExpiredNextTokenException"),
    INTERNAL_FAILURE(Blame.FEEDLINE, 500, "InternalFailureException"),
    DISK_FULL(Blame.RESOURCE, 503, "InternalFailureException");

    private final Blame blame;
    private final int statusCode;
    private final String code;

    KinesisError(Blame blame, int statusCode, String code) {
        this.blame = blame;
        this.statusCode = statusCode;
        this.code = code;
    }

    Blame blame() {
        return blame;
    }

    KinesisException exception(String message) {
        return exception(message, null);
    }

    KinesisException exception(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        KinesisException.Builder builder = switch (this) {
            case RESOURCE_NOT_FOUND -> ResourceNotFoundException.builder();
            case RESOURCE_IN_USE -> ResourceInUseException.builder();
            case INVALID_ARGUMENT -> InvalidArgumentException.builder();
            case VALIDATION -> ValidationException.builder();
            case LIMIT_EXCEEDED -> LimitExceededException.builder();
            case THROUGHPUT_EXCEEDED -> ProvisionedThroughputExceededException.builder();
            case EXPIRED_ITERATOR -> ExpiredIteratorException.builder();
            case EXPIRED_NEXT_TOKEN -> ExpiredNextTokenException.builder();
            case INTERNAL_FAILURE, DISK_FULL -> InternalFailureException.builder();
        };
        AwsErrorDetails details = AwsErrorDetails.builder()
                .serviceName("Kinesis")
                .errorCode(code)
                .errorMessage(message)
                .build();
        builder.message(message).statusCode(statusCode).awsErrorDetails(details);
        if (cause != null) {
            builder.cause(cause);
        }
        return (KinesisException) builder.build();
    }
}
