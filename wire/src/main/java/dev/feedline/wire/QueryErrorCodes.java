package dev.feedline.wire;

import java.util.Map;
import java.util.Optional;

/// The error codes a service had when it spoke AWS Query, for those that moved to JSON and promised to keep them.
///
/// SQS says `__type: QueueDoesNotExist` in its body and the old code in `x-amzn-query-error`; boto3 and older SDKs read
/// the header.
record QueryErrorCodes(Map<String, String> oldByShape, boolean announced) {
    static final QueryErrorCodes NONE = new QueryErrorCodes(Map.of(), false);

    /// SQS, API version 2012-11-05: the `awsQueryError` traits of its model.
    static final QueryErrorCodes SQS = new QueryErrorCodes(
            Map.ofEntries(
                    Map.entry("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"),
                    Map.entry("QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently"),
                    Map.entry("QueueNameExists", "QueueAlreadyExists"),
                    Map.entry("PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress"),
                    Map.entry("UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation"),
                    Map.entry("MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight"),
                    Map.entry("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"),
                    Map.entry("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"),
                    Map.entry("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"),
                    Map.entry("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"),
                    Map.entry("InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId")),
            true);

    /// The modelled name of an error, whichever of its two codes a service used.
    String shapeOf(String code) {
        return oldByShape.entrySet().stream()
                .filter(entry -> entry.getValue().equals(code))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(code);
    }

    /// `CODE;Sender` or `CODE;Receiver`.
    Optional<String> headerOf(String code, int status) {
        String old = oldByShape.getOrDefault(shapeOf(code), code);
        return announced ? Optional.of(old + (status < 500 ? ";Sender" : ";Receiver")) : Optional.empty();
    }
}
