package dev.feedline.firehose;

import dev.feedline.kernel.Blame;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.firehose.model.ConcurrentModificationException;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.LimitExceededException;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.ServiceUnavailableException;

/// Everything that can go wrong here, in the words of AWS.
enum FirehoseError {
    RESOURCE_NOT_FOUND(Blame.CALLER, 400, "ResourceNotFoundException"),
    RESOURCE_IN_USE(Blame.CALLER, 400, "ResourceInUseException"),
    INVALID_ARGUMENT(Blame.CALLER, 400, "InvalidArgumentException"),
    LIMIT_EXCEEDED(Blame.CALLER, 400, "LimitExceededException"),
    CONCURRENT_MODIFICATION(Blame.CALLER, 400, "ConcurrentModificationException"),
    INTERNAL_FAILURE(Blame.FEEDLINE, 500, "InternalFailure"),
    DISK_FULL(Blame.RESOURCE, 503, "ServiceUnavailableException");

    private final Blame blame;
    private final int statusCode;
    private final String code;

    FirehoseError(Blame blame, int statusCode, String code) {
        this.blame = blame;
        this.statusCode = statusCode;
        this.code = code;
    }

    Blame blame() {
        return blame;
    }

    FirehoseException exception(String message) {
        return exception(message, null);
    }

    FirehoseException exception(String message, @Nullable Throwable cause) {
        FirehoseException.Builder builder = switch (this) {
            case RESOURCE_NOT_FOUND -> ResourceNotFoundException.builder();
            case RESOURCE_IN_USE -> ResourceInUseException.builder();
            case INVALID_ARGUMENT -> InvalidArgumentException.builder();
            case LIMIT_EXCEEDED -> LimitExceededException.builder();
            case CONCURRENT_MODIFICATION -> ConcurrentModificationException.builder();
            case INTERNAL_FAILURE -> FirehoseException.builder();
            case DISK_FULL -> ServiceUnavailableException.builder();
        };
        AwsErrorDetails details = AwsErrorDetails.builder()
                .serviceName("Firehose")
                .errorCode(code)
                .errorMessage(message)
                .build();
        builder.message(message).statusCode(statusCode).awsErrorDetails(details);
        if (cause != null) {
            builder.cause(cause);
        }
        return (FirehoseException) builder.build();
    }
}
