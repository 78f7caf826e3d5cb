package dev.feedline.lambda;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Sends the letters about events that were given up, again and again until the queue takes them.
///
/// AWS drops what it cannot deliver and counts `DeadLetterErrors`; here a letter is kept for
/// [#LONGEST_KEPT] before it is dropped, with an error in the log.
final class Letters implements AutoCloseable {
    /// As long as an SQS queue would keep a message.
    private static final Duration LONGEST_KEPT = Duration.ofDays(14);

    private static final int AT_ONCE = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

    private final LambdaStore store;
    private final SqsClient sqs;
    private final Ground ground;
    private final String bellName;
    private @Nullable Thread thread;
    private volatile boolean closing;

    Letters(LambdaStore store, SqsClient sqs, Ground ground) {
        this.store = store;
        this.sqs = sqs;
        this.ground = ground;
        this.bellName = ground.account().arn("lambda", "letters").toString();
    }

    void start() {
        thread = Thread.ofVirtual().name("lambda-letters").start(this::loop);
    }

    void ring() {
        ground.bell().ring(bellName);
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        ring();
        if (thread != null) {
            thread.join();
        }
    }

    private void loop() {
        while (!closing) {
            try {
                long heard = ground.bell().rings(bellName);
                List<Letter> letters =
                        store.read(tx -> Letter.due(tx, ground.clock().instant(), AT_ONCE));
                letters.forEach(this::deliver);
                if (letters.isEmpty()) {
                    ground.bell().await(bellName, heard, Bell.LONGEST_WAIT);
                }
            } catch (AwsServiceException e) {
                if (!Pause.forRoom(e)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void deliver(Letter letter) {
        try {
            send(letter);
        } catch (SdkException e) {
            postpone(letter, e);
            return;
        }
        store.write(letter::delete);
    }

    private void send(Letter letter) {
        Arn queue = Arn.parse(letter.queue());
        String url = sqs.getQueueUrl(get -> get.queueName(queue.resource())).queueUrl();
        sqs.sendMessage(message ->
                message.queueUrl(url).messageBody(letter.body()).messageAttributes(letter.messageAttributes()));
    }

    private void postpone(Letter letter, SdkException why) {
        Instant now = ground.clock().instant();
        if (now.isAfter(letter.written().plus(LONGEST_KEPT))) {
            LOG.error(
                    "A letter to {} is dropped, it could not be sent for {}: {}",
                    letter.queue(),
                    LONGEST_KEPT,
                    letter,
                    why);
            store.write(letter::delete);
            return;
        }
        LOG.warn("A letter to {} could not be sent yet: {}", letter.queue(), why.getMessage());
        store.write(tx -> letter.notSentUntil(tx, now.plus(Pause.backoff(letter.failures()))));
    }
}
