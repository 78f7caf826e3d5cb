package dev.feedline.snowflake.pipe;

import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.snowflake.copy.StagedFile;
import dev.feedline.snowflake.engine.Duck;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/// Hears of new objects through the queue and writes them down for the pipes they belong to.
///
/// A message is deleted when what it says is on disk; one that concerns no pipe is deleted, too.
final class PipeListener implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PipeListener.class);

    private final Ground ground;
    private final NotificationQueue queue;
    private final PipeDirectory directory;
    private final WaitingFiles waiting;
    private final PipeActivity activity;
    private final Duck duck;
    private final Runnable onArrival;
    private final AtomicBoolean stopped;

    PipeListener(
            Ground ground,
            NotificationQueue queue,
            PipeDirectory directory,
            WaitingFiles waiting,
            PipeActivity activity,
            Duck duck,
            Runnable onArrival,
            AtomicBoolean stopped) {
        this.ground = ground;
        this.queue = queue;
        this.directory = directory;
        this.waiting = waiting;
        this.activity = activity;
        this.duck = duck;
        this.onArrival = onArrival;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        Backoff backoff = new Backoff();
        while (!stopped.get()) {
            try {
                long heard = ground.bell().rings(queue.arn());
                long asked = System.nanoTime();
                List<Message> messages = queue.receive();
                activity.pulled(ground.clock().instant());
                if (messages.isEmpty()) { // the queue has waited already, unless it answers at once all the same
                    Duration left = Bell.LONGEST_WAIT.minusNanos(System.nanoTime() - asked);
                    ground.bell().await(queue.arn(), heard, left);
                } else {
                    take(messages);
                }
                backoff.reset();
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                if (stopped.get() || Thread.currentThread().isInterrupted()) {
                    return;
                }
                LOG.warn(
                        "What the queue {} tells the pipes cannot be taken now, trying again: {}",
                        queue.name(),
                        e.toString());
                queue.lost();
                if (!backoff.pause()) {
                    return;
                }
            }
        }
    }

    private void take(List<Message> messages) throws SQLException {
        List<Pipe> pipes = directory.all(duck).stream()
                .filter(pipe -> pipe.definition().autoIngest())
                .toList();
        Instant now = ground.clock().instant();
        activity.heard(now);
        List<WaitingFiles.Arrival> arrivals = new ArrayList<>();
        for (Message message : messages) {
            for (S3Event event : S3Event.created(message.body())) {
                StagedFile file = new StagedFile(event.bucket(), event.key(), event.size(), event.etag(), now);
                for (Pipe pipe : pipes) {
                    if (pipe.spec().takes(file)) {
                        arrivals.add(new WaitingFiles.Arrival(pipe.id(), file));
                        activity.received(pipe.id(), file.bucket() + "/" + file.key(), now);
                    }
                }
            }
        }
        waiting.add(arrivals, now);
        if (!arrivals.isEmpty()) {
            onArrival.run(); // they are on disk: loading need not wait for the deletion
        }
        queue.delete(messages);
    }
}
