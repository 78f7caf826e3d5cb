package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One statement under way, and how it ended.
final class Execution {
    /// How often a statement that does not stop is told again.
    private static final int MOST_CANCELS = 200;
    private static final int CANCEL_EVERY_MILLIS = 50;

    final String queryId;
    final String requestId;
    final String sql;
    /// The session that sent it; it may run in one beside it.
    final Sessions.Open session;
    /// Whether the driver does not wait for it.
    final boolean detached;
    final Instant started;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable QueryAnswer answer;
    private volatile @Nullable SnowflakeException failure;
    private volatile @Nullable Runnable cancel;
    private volatile boolean aborted;
    private volatile @Nullable Instant endedAt;
    /// When its rows were last asked for.
    private volatile Instant touched;

    Execution(String queryId, String requestId, String sql, Sessions.Open session, boolean detached, Instant started) {
        this.queryId = queryId;
        this.requestId = requestId;
        this.sql = sql;
        this.session = session;
        this.detached = detached;
        this.started = started;
        this.touched = started;
    }

    /// From now on it can be told to stop.
    void runs(Runnable howToCancel) {
        cancel = howToCancel;
        refuseAborted();
    }

    void refuseAborted() {
        if (aborted) {
            throw SnowflakeError.CANCELED.with("SQL execution canceled");
        }
    }

    void succeeded(QueryAnswer with, Instant at) {
        answer = with;
        end(at);
    }

    void failed(SnowflakeException with, Instant at) {
        failure = with;
        end(at);
    }

    private void end(Instant at) {
        endedAt = at;
        touched = at;
        cancel = null;
        ended.countDown();
    }

    /// @return whether it has ended by then
    boolean await(Duration longest) throws InterruptedException {
        return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    void abortBeforeStart() {
        aborted = true;
    }

    /// Tells it to stop until it has; a statement that waits for its turn stops when its turn comes.
    void abort() throws InterruptedException {
        aborted = true;
        for (int i = 0; i < MOST_CANCELS && !isEnded(); i++) {
            Runnable now = cancel;
            if (now == null) {
                return;
            }
            now.run();
            if (await(Duration.ofMillis(CANCEL_EVERY_MILLIS))) {
                return;
            }
        }
    }

    boolean isAborted() {
        return aborted;
    }

    Optional<QueryAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    Optional<SnowflakeException> failure() {
        return Optional.ofNullable(failure);
    }

    Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    Instant touched() {
        return touched;
    }

    void touch(Instant at) {
        touched = at;
    }
}
