package dev.feedline.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.sim.SimulatedClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class DurabilityTest {
    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));
    private Workbench workbench;
    private String url;

    @BeforeEach
    void open() throws IOException {
        workbench = new Workbench(folder, clock);
        url = sqs().createQueue(request -> request.queueName("lake")
                        .attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "3600")))
                .queueUrl();
    }

    @AfterEach
    void close() {
        workbench.close();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterACrash() throws IOException {
        sqs().sendMessage(request -> request.queueUrl(url).messageBody("kept"));
        workbench.crash();

        assertThat(receive().body()).isEqualTo("kept");
    }

    @Test
    void aReceptionIsStillInFlightAfterACrashAndEndsWithItsTime() throws IOException {
        sqs().sendMessage(request -> request.queueUrl(url).messageBody("once more"));
        Message before = receive();
        workbench.crash();
        assertThat(sqs().receiveMessage(request -> request.queueUrl(url)).messages())
                .isEmpty();
        clock.advance(Duration.ofSeconds(31));

        assertThat(receive().messageId()).isEqualTo(before.messageId());
    }

    @Test
    void aDeletedMessageStaysDeletedAfterACrash() throws IOException {
        sqs().sendMessage(request -> request.queueUrl(url).messageBody("done"));
        Message received = receive();
        sqs().deleteMessage(request -> request.queueUrl(url).receiptHandle(received.receiptHandle()));
        workbench.crash();
        clock.advance(Duration.ofMinutes(1));

        assertThat(sqs().receiveMessage(request -> request.queueUrl(url)).messages())
                .isEmpty();
    }

    @Test
    void whoWaitsIsAnsweredWhenTheServiceIsToEnd() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Message>> waiting = threads.submit(
                    () -> sqs().receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(20))
                            .messages());
            workbench.endWaits();

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void aMessageIsGoneAfterItsRetention() {
        sqs().sendMessage(request -> request.queueUrl(url).messageBody("old"));
        clock.advance(Duration.ofHours(1));

        assertThat(sqs().receiveMessage(request -> request.queueUrl(url)).messages())
                .isEmpty();
        assertThat(sqs().getQueueAttributes(request ->
                                request.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                        .attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0");
    }

    private SqsClient sqs() {
        return workbench.client();
    }

    private Message receive() {
        return sqs().receiveMessage(request -> request.queueUrl(url)).messages().getFirst();
    }
}
