package dev.feedline.sqs.message;

import dev.feedline.sqs.error.SqsError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What holds for the entries of every batch: 1 to 10 of them, each with an id of its own.
final class BatchEntries {
    static final int MOST = 10;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private BatchEntries() {}

    static void check(List<String> ids) {
        if (ids.isEmpty()) {
            throw SqsError.EMPTY_BATCH_REQUEST.because("There should be at least one entry in the request.");
        }
        if (ids.size() > MOST) {
            throw SqsError.TOO_MANY_ENTRIES_IN_BATCH_REQUEST.because(
                    "Maximum number of entries per request are " + MOST + ". You have sent " + ids.size() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String id : ids) {
            if (!ID.matcher(id).matches()) {
                throw SqsError.INVALID_BATCH_ENTRY_ID.because(
                        "A batch entry id can only contain alphanumeric characters,"
                                + " hyphens and underscores. It can be at most 80 letters long: " + id);
            }
            if (!seen.add(id)) {
                throw SqsError.BATCH_ENTRY_IDS_NOT_DISTINCT.because("Id " + id + " repeated.");
            }
        }
    }

    static BatchResultErrorEntry error(String id, SqsException e) {
        return BatchResultErrorEntry.builder()
                .id(id)
                .code(e.awsErrorDetails().errorCode())
                .message(e.awsErrorDetails().errorMessage())
                .senderFault(e.statusCode() < 500)
                .build();
    }
}
