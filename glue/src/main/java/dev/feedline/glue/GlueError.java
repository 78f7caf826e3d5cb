package dev.feedline.glue;

import dev.feedline.kernel.Blame;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.CrawlerNotRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerRunningException;
import software.amazon.awssdk.services.glue.model.CrawlerStoppingException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InternalServiceException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;

/// What can go wrong in Glue, each with the one who can mend it and its form on the wire.
enum GlueError {
    ENTITY_NOT_FOUND(Blame.CALLER),
    ALREADY_EXISTS(Blame.CALLER),
    INVALID_INPUT(Blame.CALLER),
    /// The table is no longer at the version the caller read.
    CONCURRENT_MODIFICATION(Blame.CALLER),
    CONCURRENT_RUNS_EXCEEDED(Blame.CALLER),
    RESOURCE_NUMBER_LIMIT_EXCEEDED(Blame.CALLER),
    CRAWLER_RUNNING(Blame.CALLER),
    CRAWLER_NOT_RUNNING(Blame.CALLER),
    CRAWLER_STOPPING(Blame.CALLER),
    INTERNAL_SERVICE(Blame.FEEDLINE),
    /// No room on the disk: nothing was changed, and the request may be sent again later.
    SLOW_DOWN(Blame.RESOURCE);

    private final Blame blame;

    GlueError(Blame blame) {
        this.blame = blame;
    }

    /// An error of one entry of a batch, in the answer to the whole.
    static ErrorDetail detail(AwsServiceException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        return ErrorDetail.builder()
                .errorCode(details.errorCode())
                .errorMessage(details.errorMessage())
                .build();
    }

    /// What went wrong, without what the SDK puts behind it.
    static String message(AwsServiceException error) {
        return String.valueOf(
                error.awsErrorDetails() == null
                        ? error.getMessage()
                        : error.awsErrorDetails().errorMessage());
    }

    AwsServiceException because(String message) {
        return because(message, null);
    }

    AwsServiceException because(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        AwsServiceException.Builder exception = builder();
        exception.message(message);
        exception.statusCode(status());
        exception.cause(cause);
        exception.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(code())
                .errorMessage(message)
                .serviceName("Glue")
                .build());
        return exception.build();
    }

    private int status() {
        return switch (blame) {
            case CALLER -> 400;
            case FEEDLINE -> 500;
            case RESOURCE -> 503;
        };
    }

    private String code() {
        return switch (this) {
            case ENTITY_NOT_FOUND -> "EntityNotFoundException";
            case ALREADY_EXISTS -> "AlreadyExistsException";
            case INVALID_INPUT -> "InvalidInputException";
            case CONCURRENT_MODIFICATION -> "ConcurrentModificationException";
            case CONCURRENT_RUNS_EXCEEDED -> "ConcurrentRunsExceededException";
            case RESOURCE_NUMBER_LIMIT_EXCEEDED -> "ResourceNumberLimitExceededException";
            case CRAWLER_RUNNING -> "CrawlerRunningException";
            case CRAWLER_NOT_RUNNING -> "CrawlerNotRunningException";
            case CRAWLER_STOPPING -> "CrawlerStoppingException";
            case INTERNAL_SERVICE -> "InternalServiceException";
            case SLOW_DOWN -> "SlowDown";
        };
    }

    private AwsServiceException.Builder builder() {
        return switch (this) {
            case ENTITY_NOT_FOUND -> EntityNotFoundException.builder();
            case ALREADY_EXISTS -> AlreadyExistsException.builder();
            case INVALID_INPUT -> InvalidInputException.builder();
            case CONCURRENT_MODIFICATION -> ConcurrentModificationException.builder();
            case CONCURRENT_RUNS_EXCEEDED -> ConcurrentRunsExceededException.builder();
            case RESOURCE_NUMBER_LIMIT_EXCEEDED -> ResourceNumberLimitExceededException.builder();
            case CRAWLER_RUNNING -> CrawlerRunningException.builder();
            case CRAWLER_NOT_RUNNING -> CrawlerNotRunningException.builder();
            case CRAWLER_STOPPING -> CrawlerStoppingException.builder();
            case INTERNAL_SERVICE -> InternalServiceException.builder();
            case SLOW_DOWN -> GlueException.builder();
        };
    }
}
