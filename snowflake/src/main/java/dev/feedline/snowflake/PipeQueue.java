package dev.feedline.snowflake;

import dev.feedline.kernel.Account;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Which queue tells pipes of new objects. Nobody else may receive from it.
///
/// @param account whose queue it is, and in which region
/// @param longestWait how long a request waits for a message; SQS allows 20 seconds
public record PipeQueue(SqsClient sqs, Account account, String name, Duration longestWait) {
    private static final Duration IN_PROCESS = Duration.ofSeconds(2);
    /// Each request has a price.
    private static final Duration AT_AWS = Duration.ofSeconds(20);

    /// In this process, called as Snowflake calls those of its accounts.
    public static PipeQueue embedded(SqsClient sqs, Account account) {
        return new PipeQueue(sqs, account, "sf-snowpipe-feedline", IN_PROCESS);
    }

    /// At AWS, called as the pipeline's other queues are.
    public static PipeQueue atAws(SqsClient sqs, Account account) {
        return new PipeQueue(sqs, account, "feedline-pipes", AT_AWS);
    }
}
