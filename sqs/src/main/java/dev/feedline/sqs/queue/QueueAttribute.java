package dev.feedline.sqs.queue;

import dev.feedline.sqs.error.SqsError;
import java.util.Arrays;
import java.util.Optional;

/// The attributes that can be set on a queue, with their bounds and defaults (SQS API reference, SetQueueAttributes).
public enum QueueAttribute {
    DELAY_SECONDS("DelaySeconds", "0", 0, 900),
    MAXIMUM_MESSAGE_SIZE("MaximumMessageSize", "1048576", 1024, 1_048_576),
    MESSAGE_RETENTION_PERIOD("MessageRetentionPeriod", "345600", 60, 1_209_600),
    RECEIVE_MESSAGE_WAIT_TIME_SECONDS("ReceiveMessageWaitTimeSeconds", "0", 0, 20),
    VISIBILITY_TIMEOUT("VisibilityTimeout", "30", 0, 43_200),
    /// Kept and shown. Who may do what is decided before a request reaches a queue.
    POLICY("Policy", "", 0, 0),
    REDRIVE_POLICY("RedrivePolicy", "", 0, 0),
    /// Nothing is encrypted at rest, so only `false` can be set.
    SQS_MANAGED_SSE_ENABLED("SqsManagedSseEnabled", "false", 0, 0);

    private final String wireName;
    private final String standard;
    private final long least;
    private final long most;

    QueueAttribute(String wireName, String standard, long least, long most) {
        this.wireName = wireName;
        this.standard = standard;
        this.least = least;
        this.most = most;
    }

    public String wireName() {
        return wireName;
    }

    /// The default; empty when an unset one is not shown at all.
    public String standard() {
        return standard;
    }

    static Optional<QueueAttribute> named(String name) {
        return Arrays.stream(values()).filter(one -> one.wireName.equals(name)).findFirst();
    }

    /// Refuses a value that the attribute cannot have.
    void check(String value) {
        switch (this) {
            case POLICY -> {
                if (!value.isEmpty() && !Json.isObject(value)) {
                    throw invalid(value);
                }
            }
            case REDRIVE_POLICY -> {
                if (!value.isEmpty()) {
                    RedrivePolicy.parse(value);
                }
            }
            case SQS_MANAGED_SSE_ENABLED -> {
                if (!value.equals("false")) {
                    throw SqsError.UNSUPPORTED_OPERATION.because(
                            "Feedline does not encrypt queues: SqsManagedSseEnabled can only be false");
                }
            }
            case DELAY_SECONDS,
                    MAXIMUM_MESSAGE_SIZE,
                    MESSAGE_RETENTION_PERIOD,
                    RECEIVE_MESSAGE_WAIT_TIME_SECONDS,
                    VISIBILITY_TIMEOUT -> requireNumber(value);
        }
    }

    private void requireNumber(String value) {
        if (!value.matches("\\d{1,9}") || Long.parseLong(value) < least || Long.parseLong(value) > most) {
            throw invalid(value);
        }
    }

    private RuntimeException invalid(String value) {
        return SqsError.INVALID_ATTRIBUTE_VALUE.because("Invalid value for the parameter " + wireName + ": " + value
                + (most > 0 ? ", must be between " + least + " and " + most : ""));
    }
}
