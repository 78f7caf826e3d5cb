package dev.feedline.snowflake.pipe;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What each pipe has lately been doing, for SYSTEM$PIPE_STATUS; gone with the process, as its faults
/// are.
final class PipeActivity {
    private final ConcurrentHashMap<String, Seen> pipes = new ConcurrentHashMap<>();
    private volatile @Nullable Instant lastMessage;
    private volatile @Nullable Instant lastPull;

    /// @param received when the last event for the pipe came
    /// @param receivedFile the object that event told of, by bucket and key
    /// @param fault why the last try of a load could not be made, and when
    record Seen(
            Optional<Instant> received,
            Optional<String> receivedFile,
            Optional<String> fault,
            Optional<Instant> faultAt) {
        static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Seen of(String pipeId) {
        return pipes.getOrDefault(pipeId, Seen.NOTHING);
    }

    /// A message came from the channel, for whichever pipe.
    void heard(Instant at) {
        lastMessage = at;
    }

    /// The channel was asked for messages, and answered.
    void pulled(Instant at) {
        lastPull = at;
    }

    Optional<Instant> lastPulled() {
        return Optional.ofNullable(lastPull);
    }

    Optional<Instant> lastHeard() {
        return Optional.ofNullable(lastMessage);
    }

    void received(String pipeId, String file, Instant at) {
        pipes.merge(
                pipeId,
                new Seen(Optional.of(at), Optional.of(file), Optional.empty(), Optional.empty()),
                (before, now) -> new Seen(now.received(), now.receivedFile(), before.fault(), before.faultAt()));
    }

    void fault(String pipeId, String message, Instant at) {
        pipes.merge(
                pipeId,
                new Seen(Optional.empty(), Optional.empty(), Optional.of(message), Optional.of(at)),
                (before, now) -> new Seen(before.received(), before.receivedFile(), now.fault(), now.faultAt()));
    }

    void recovered(String pipeId) {
        pipes.computeIfPresent(
                pipeId,
                (id, before) -> new Seen(before.received(), before.receivedFile(), Optional.empty(), before.faultAt()));
    }

    void forget(String pipeId) {
        pipes.remove(pipeId);
    }
}
