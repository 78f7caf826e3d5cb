package dev.feedline.snowflake.pipe;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What each pipe has lately been doing, for SYSTEM$PIPE_STATUS; gone with the process, as its faults
/// are.
final class PipeActivity {
    private final ConcurrentHashMap<String, Seen> pipes = new ConcurrentHashMap<>();

    /// @param received when the last message for the pipe came
    /// @param fault why the last try of a load could not be made, and when
    record Seen(Optional<Instant> received, Optional<String> fault, Optional<Instant> faultAt) {
        static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty(), Optional.empty());
    }

    Seen of(String pipeId) {
        return pipes.getOrDefault(pipeId, Seen.NOTHING);
    }

    void received(String pipeId, Instant at) {
        pipes.merge(
                pipeId,
                new Seen(Optional.of(at), Optional.empty(), Optional.empty()),
                (before, now) -> new Seen(now.received(), before.fault(), before.faultAt()));
    }

    void fault(String pipeId, String message, Instant at) {
        pipes.merge(
                pipeId,
                new Seen(Optional.empty(), Optional.of(message), Optional.of(at)),
                (before, now) -> new Seen(before.received(), now.fault(), now.faultAt()));
    }

    void recovered(String pipeId) {
        pipes.computeIfPresent(pipeId, (id, before) -> new Seen(before.received(), Optional.empty(), before.faultAt()));
    }

    void forget(String pipeId) {
        pipes.remove(pipeId);
    }
}
