package dev.feedline.lambda;

import dev.feedline.kernel.Ground;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;

/// One poller for each mapping that is enabled.
final class QueuePollers {
    private final LambdaStore store;
    private final QueuePoller.Parts parts;
    private final Map<String, QueuePoller> running = new HashMap<>();
    private boolean started;

    QueuePollers(
            LambdaStore store,
            SqsClient sqs,
            Invoker invoker,
            Slots slots,
            LambdaSettings.Polling settings,
            Ground ground) {
        this.store = store;
        this.parts = new QueuePoller.Parts(store, sqs, invoker, slots, settings, ground);
    }

    synchronized void start() {
        started = true;
        follow();
    }

    /// Brings the pollers to what the mappings say now.
    synchronized void follow() {
        if (!started) {
            return;
        }
        List<SourceMapping> enabled = store.read(SourceMapping::all).stream()
                .filter(SourceMapping::isEnabled)
                .toList();
        Set<String> gone = new HashSet<>(running.keySet());
        enabled.forEach(mapping -> gone.remove(mapping.uuid()));
        for (String uuid : gone) {
            QueuePoller left = running.remove(uuid);
            if (left != null) {
                left.stop();
            }
        }
        for (SourceMapping mapping : enabled) {
            QueuePoller present = running.get(mapping.uuid());
            if (present == null || !present.isFor(mapping)) {
                if (present != null) {
                    present.stop();
                }
                running.put(mapping.uuid(), QueuePoller.start(mapping, parts));
            }
        }
    }

    synchronized void stop() {
        started = false;
        running.forEach((uuid, poller) -> {
            poller.stop();
            parts.ground().bell().ring(uuid);
        });
    }

    /// Waits for the batches that run, for all of them together; what does not end in time shows again in its queue.
    synchronized void awaitAll(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        for (QueuePoller poller : running.values()) {
            poller.awaitUntil(deadline);
        }
    }
}
