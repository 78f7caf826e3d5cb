package dev.feedline.sqs.error;

import dev.feedline.kernel.Blame;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeNameException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.InvalidBatchEntryIdException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;
import software.amazon.awssdk.services.sqs.model.UnsupportedOperationException;

/// Everything SQS answers that is no success.
///
/// The codes are those a genuine client reports: where SQS had another one when it spoke AWS Query, it is that one.
public enum SqsError {
    BATCH_ENTRY_IDS_NOT_DISTINCT("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400, Blame.CALLER),
    BATCH_REQUEST_TOO_LONG("AWS.SimpleQueueService.BatchRequestTooLong", 400, Blame.CALLER),
    EMPTY_BATCH_REQUEST("AWS.SimpleQueueService.EmptyBatchRequest", 400, Blame.CALLER),
    INTERNAL_ERROR("InternalError", 500, Blame.FEEDLINE),
    INVALID_ATTRIBUTE_NAME("InvalidAttributeName", 400, Blame.CALLER),
    INVALID_ATTRIBUTE_VALUE("InvalidAttributeValue", 400, Blame.CALLER),
    INVALID_BATCH_ENTRY_ID("AWS.SimpleQueueService.InvalidBatchEntryId", 400, Blame.CALLER),
    INVALID_MESSAGE_CONTENTS("InvalidMessageContents", 400, Blame.CALLER),
    INVALID_PARAMETER_VALUE("InvalidParameterValue", 400, Blame.CALLER),
    MESSAGE_NOT_IN_FLIGHT("AWS.SimpleQueueService.MessageNotInflight", 400, Blame.CALLER),
    MISSING_PARAMETER("MissingParameter", 400, Blame.CALLER),
    QUEUE_DOES_NOT_EXIST("AWS.SimpleQueueService.NonExistentQueue", 400, Blame.CALLER),
    QUEUE_NAME_EXISTS("QueueAlreadyExists", 400, Blame.CALLER),
    RECEIPT_HANDLE_IS_INVALID("ReceiptHandleIsInvalid", 404, Blame.CALLER),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503, Blame.RESOURCE),
    TOO_MANY_ENTRIES_IN_BATCH_REQUEST("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400, Blame.CALLER),
    UNSUPPORTED_OPERATION("AWS.SimpleQueueService.UnsupportedOperation", 400, Blame.CALLER);

    private final String code;
    private final int status;
    private final Blame blame;

    SqsError(String code, int status, Blame blame) {
        this.code = code;
        this.status = status;
        this.blame = blame;
    }

    public String code() {
        return code;
    }

    /// Who can mend it.
    public Blame blame() {
        return blame;
    }

    /// The SDK's exception of this error.
    public SqsException because(String message) {
        return exception(message, null);
    }

    public SqsException because(String message, Throwable cause) {
        return exception(message, cause);
    }

    private SqsException exception(String message, @Nullable Throwable cause) {
        SqsException.Builder builder = modelled();
        if (cause != null) {
            builder.cause(cause);
        }
        builder.message(message)
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Sqs")
                        .errorCode(code)
                        .errorMessage(message)
                        .build());
        return (SqsException) builder.build();
    }

    private SqsException.Builder modelled() {
        return switch (this) {
            case BATCH_ENTRY_IDS_NOT_DISTINCT -> BatchEntryIdsNotDistinctException.builder();
            case BATCH_REQUEST_TOO_LONG -> BatchRequestTooLongException.builder();
            case EMPTY_BATCH_REQUEST -> EmptyBatchRequestException.builder();
            case INVALID_ATTRIBUTE_NAME -> InvalidAttributeNameException.builder();
            case INVALID_ATTRIBUTE_VALUE -> InvalidAttributeValueException.builder();
            case INVALID_BATCH_ENTRY_ID -> InvalidBatchEntryIdException.builder();
            case INVALID_MESSAGE_CONTENTS -> InvalidMessageContentsException.builder();
            case MESSAGE_NOT_IN_FLIGHT -> MessageNotInflightException.builder();
            case QUEUE_DOES_NOT_EXIST -> QueueDoesNotExistException.builder();
            case QUEUE_NAME_EXISTS -> QueueNameExistsException.builder();
            case RECEIPT_HANDLE_IS_INVALID -> ReceiptHandleIsInvalidException.builder();
            case TOO_MANY_ENTRIES_IN_BATCH_REQUEST -> TooManyEntriesInBatchRequestException.builder();
            case UNSUPPORTED_OPERATION -> UnsupportedOperationException.builder();
            case INTERNAL_ERROR, INVALID_PARAMETER_VALUE, MISSING_PARAMETER, SERVICE_UNAVAILABLE ->
                SqsException.builder();
        };
    }
}
