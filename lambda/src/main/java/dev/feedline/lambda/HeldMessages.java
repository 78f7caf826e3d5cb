package dev.feedline.lambda;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/// Messages that wait for their function or that it works on: until they are let go, the time for which they are
/// hidden begins anew again and again, so that nobody else receives them.
final class HeldMessages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldMessages.class);

    private final List<Message> messages;
    private final String queueUrl;
    private final SqsClient sqs;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread keeper;

    private HeldMessages(List<Message> messages, String queueUrl, SqsClient sqs, LambdaSettings.Polling settings) {
        this.messages = List.copyOf(messages);
        this.queueUrl = queueUrl;
        this.sqs = sqs;
        this.keeper = Thread.ofVirtual().name("lambda-hides-messages").unstarted(() -> keepHidden(settings));
    }

    static HeldMessages hold(List<Message> messages, String queueUrl, SqsClient sqs, LambdaSettings.Polling settings) {
        HeldMessages held = new HeldMessages(messages, queueUrl, sqs, settings);
        held.keeper.start();
        return held;
    }

    List<Message> messages() {
        return messages;
    }

    String queueUrl() {
        return queueUrl;
    }

    /// Lets them go: when it returns nothing is under way any more that would hide them.
    @Override
    public void close() {
        ended.countDown();
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Says for how long from now some of the messages stay hidden.
    void hide(List<Message> some, java.util.function.Function<Message, Duration> hidden) {
        if (some.isEmpty()) {
            return;
        }
        List<ChangeMessageVisibilityBatchRequestEntry> entries = some.stream()
                .map(message -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(message.messageId())
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout((int) hidden.apply(message).toSeconds())
                        .build())
                .toList();
        try {
            sqs.changeMessageVisibilityBatch(
                            request -> request.queueUrl(queueUrl).entries(entries))
                    .failed()
                    .forEach(failed -> LOG.warn(
                            "For how long message {} of {} is hidden could not be changed: {}",
                            failed.id(),
                            queueUrl,
                            failed.message()));
        } catch (RuntimeException e) { // the next time may be better, so that the keeper does not end with it
            LOG.warn("For how long messages of {} are hidden could not be changed: {}", queueUrl, e.toString());
        }
    }

    private void keepHidden(LambdaSettings.Polling settings) {
        try {
            while (!ended.await(settings.betweenExtensions().toMillis(), TimeUnit.MILLISECONDS)) {
                hide(messages, message -> settings.hidden());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
