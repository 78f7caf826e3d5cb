package dev.feedline.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// A rig in which events are lost or come several times, parts stand still, and the clock can be moved.
final class LossesRig implements Rig {
    private static final int HTTP_ACCEPTED = 202;

    private final Set<Loss> losses = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Duration> ahead;
    private final int deliveries;

    /// What does not happen while it is lost; whoever asked for it is told that it did.
    enum Loss {
        /// S3 tells nobody of anything.
        NOTIFICATIONS,
        /// The convert function starts no run.
        JOB_STARTS,
        /// Firehose finds nothing on any stream.
        DELIVERIES,
        /// The pipes find nothing in their queue.
        PIPE_MESSAGES
    }

    private LossesRig(Duration ahead, int deliveries, Loss... losses) {
        this.ahead = new AtomicReference<>(ahead);
        this.deliveries = deliveries;
        this.losses.addAll(Set.of(losses));
    }

    static LossesRig losing(Loss... losses) {
        return new LossesRig(Duration.ZERO, 1, losses);
    }

    /// Every notification comes so many times.
    static LossesRig delivering(int times) {
        return new LossesRig(Duration.ZERO, times);
    }

    static LossesRig ahead(Duration by) {
        return new LossesRig(by, 1);
    }

    /// From now on it is lost no more.
    void restore(Loss loss) {
        losses.remove(loss);
    }

    void advance(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    @Override
    public InstantSource clock() {
        return () -> Instant.now().plus(ahead.get());
    }

    @Override
    public <C> C client(Side side, Class<C> port, C client) {
        return Tapped.client(port, client, (request, onward) -> {
            Object lost = lost(side, request);
            if (lost != null) {
                return lost;
            }
            for (int i = 1; i < deliveries && side == Side.S3; i++) {
                onward.to(request);
            }
            return onward.to(request);
        });
    }

    /// The answer of something that does not happen, or null where it does.
    private @org.jspecify.annotations.Nullable Object lost(Side side, SdkRequest request) {
        return switch (request) {
            case InvokeRequest invoke
            when side == Side.S3 && losses.contains(Loss.NOTIFICATIONS) ->
                InvokeResponse.builder().statusCode(HTTP_ACCEPTED).build();
            case SendMessageRequest send
            when side == Side.S3 && losses.contains(Loss.NOTIFICATIONS) ->
                SendMessageResponse.builder().messageId("lost").build();
            case StartJobRunRequest start
            when side == Side.CONVERT && losses.contains(Loss.JOB_STARTS) ->
                StartJobRunResponse.builder().jobRunId("lost").build();
            case GetRecordsRequest get
            when side == Side.FIREHOSE && losses.contains(Loss.DELIVERIES) ->
                GetRecordsResponse.builder()
                        .nextShardIterator(get.shardIterator())
                        .millisBehindLatest(0L)
                        .build();
            case ReceiveMessageRequest receive
            when side == Side.WAREHOUSE && losses.contains(Loss.PIPE_MESSAGES) ->
                ReceiveMessageResponse.builder().build();
            default -> null;
        };
    }
}
