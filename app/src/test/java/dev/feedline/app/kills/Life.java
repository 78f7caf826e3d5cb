package dev.feedline.app.kills;

import dev.feedline.app.KillPoint;
import dev.feedline.app.TrialServer.Options;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// What is planned for one life of the server: where it ends.
sealed interface Life {
    /// At a named point, the n-th time it is met, after the thread that meets it was held there for a while.
    record ToPoint(KillPoint point, int meeting, Duration held) implements Life {}

    /// Some time after an upload was acknowledged.
    record AfterUpload(long millis) implements Life {}

    /// Some time after it began to serve, whatever is being sent.
    record AfterReady(long millis) implements Life {}

    /// Some time after it began to serve, in the middle of an upload over a slow line.
    record WhileUploading(long millis) implements Life {
        /// The upload takes that long: longer than a server that listens already needs until it says so.
        static final Duration LINE = Duration.ofMillis(2_500);
    }

    /// The nine points of the pipeline.
    KillPoint[] POINTS = {
        KillPoint.COMMIT_BEFORE_ANSWER,
        KillPoint.OUTBOX_BEFORE_DELIVERY,
        KillPoint.RECORDS_BEFORE_CHUNK_RECORD,
        KillPoint.CHUNK_RECORD_BEFORE_QUARANTINE,
        KillPoint.SEGMENT_BEFORE_INDEX,
        KillPoint.LANDING_BEFORE_CHECKPOINT,
        KillPoint.INDEX_BEFORE_LAKE,
        KillPoint.LAKE_BEFORE_RUN_STATE,
        KillPoint.LOAD_BEFORE_QUEUE_DELETE
    };

    /// Later than that after an upload, a server that has just started is mostly done with it.
    int LONGEST_MILLIS = 500;

    /// Two lives in five end at a point, all of them in turn.
    static Life of(int number, Random random) {
        if (number % 5 < 2) {
            int turn = number / 5 * 2 + number % 5;
            // Once all have had their turn, every other one waits for the second time it is met.
            Duration held = Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(2 * LONGEST_MILLIS));
            return new ToPoint(POINTS[turn % POINTS.length], turn < POINTS.length ? 1 : 1 + random.nextInt(2), held);
        }
        if (number % 5 == 2) {
            return random.nextBoolean()
                    ? new AfterReady(random.nextInt(LONGEST_MILLIS / 3))
                    : new WhileUploading(random.nextInt(LONGEST_MILLIS));
        }
        return new AfterUpload(random.nextInt(LONGEST_MILLIS));
    }

    default Options options() {
        return this instanceof ToPoint(KillPoint point, int meeting, Duration held)
                ? Options.PLAIN.killedAt(point, meeting, held)
                : Options.PLAIN;
    }

    default Optional<KillPoint> namedPoint() {
        return this instanceof ToPoint named ? Optional.of(named.point()) : Optional.empty();
    }
}
