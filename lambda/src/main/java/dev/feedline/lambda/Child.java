package dev.feedline.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/// One process of one function, which runs one invocation after the other.
final class Child {
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    private final String token;
    private final Function function;
    private final ChildProcess process;
    private final InstantSource clock;
    private final BlockingQueue<Work> mailbox = new ArrayBlockingQueue<>(1);
    private final AtomicReference<@Nullable Work> current = new AtomicReference<>();
    private volatile boolean retired;
    private volatile long idleSinceNanos = System.nanoTime();

    /// @param taken completed when the process asked for the event and got it
    /// @param exited completed with the process's exit status
    private record Work(
            Invocation invocation,
            CompletableFuture<Void> taken,
            CompletableFuture<Outcome> outcome,
            CompletableFuture<Integer> exited) {
        Work(Invocation invocation) {
            this(invocation, new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
        }
    }

    Child(String token, Function function, ChildProcess process, InstantSource clock) {
        this.token = token;
        this.function = function;
        this.process = process;
        this.clock = clock;
        process.onExit(this::exited);
    }

    String token() {
        return token;
    }

    Function function() {
        return function;
    }

    /// Whether it may be given another invocation.
    boolean isUsable() {
        return !retired && process.isAlive();
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - idleSinceNanos);
    }

    /// Gives the process an invocation and waits for its end; the function's time counts from when the
    /// process takes it, so that starting the process is not the function's loss.
    ///
    /// @return nothing when the process had ended before it took the invocation
    Optional<Outcome> run(Invocation invocation, LogTail log, Duration initTimeout) throws InterruptedException {
        Work work = new Work(invocation);
        process.logTo(log);
        current.set(work);
        mailbox.put(work);
        if (!process.isAlive()) {
            exited(process.exitStatus());
        }
        Duration timeout = invocation.function().timeout();
        try {
            CompletableFuture.anyOf(work.taken(), work.outcome(), work.exited())
                    .get(initTimeout.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture.anyOf(work.outcome(), work.exited()).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (log.isAskedFor()) {
                process.awaitOutput();
            }
            return ended(work);
        } catch (TimeoutException e) {
            kill();
            return Optional.of(
                    ErrorPayload.timedOut(invocation.requestId(), work.taken().isDone() ? timeout : initTimeout));
        } catch (ExecutionException e) {
            throw new IllegalStateException("an invocation always completes with an outcome", e);
        } finally {
            current.set(null);
            idleSinceNanos = System.nanoTime();
        }
    }

    RuntimeApi.Next next() throws InterruptedException {
        while (!retired && process.isAlive()) {
            Work work = mailbox.poll(LONGEST_POLL.toMillis(), TimeUnit.MILLISECONDS);
            if (work != null) {
                work.taken().complete(null);
                return new RuntimeApi.Next(work.invocation().payload(), headers(work.invocation()));
            }
        }
        throw new RuntimeApi.RefusedException(403, "Forbidden", "This process is to end");
    }

    void respond(String requestId, InputStream answer) throws IOException {
        Work work = working(requestId);
        byte[] bytes = answer.readNBytes(Invocation.LARGEST_PAYLOAD_BYTES + 1);
        if (bytes.length > Invocation.LARGEST_PAYLOAD_BYTES) {
            Outcome.Failed tooLarge = ErrorPayload.tooLarge();
            work.outcome().complete(tooLarge);
            throw new RuntimeApi.RefusedException(413, "RequestEntityTooLarge", tooLarge.message());
        }
        work.outcome().complete(new Outcome.Returned(SdkBytes.fromByteArrayUnsafe(bytes)));
    }

    void error(@Nullable String requestId, String errorType, InputStream error) throws IOException {
        byte[] bytes = error.readNBytes(Invocation.LARGEST_PAYLOAD_BYTES);
        Outcome.Failed failed = bytes.length == 0
                ? ErrorPayload.of(errorType.isEmpty() ? "Runtime.Unknown" : errorType, "")
                : ErrorPayload.reported(SdkBytes.fromByteArrayUnsafe(bytes));
        if (requestId != null) {
            working(requestId).outcome().complete(failed);
            return;
        }
        Work work = current.get();
        if (work != null) {
            work.outcome().complete(failed);
        }
        retire(); // it could not start, so it is of no use
    }

    /// Lets what runs end, and nothing follow.
    void retire() {
        retired = true;
    }

    void kill() {
        retired = true;
        process.kill();
    }

    private Work working(String requestId) {
        Work work = current.get();
        if (work == null || !work.invocation().requestId().equals(requestId)) {
            throw new RuntimeApi.RefusedException(
                    400, "InvalidRequestID", "This process is not running invocation " + requestId);
        }
        return work;
    }

    private void exited(int status) {
        Work work = current.get();
        if (work != null) {
            work.exited().complete(status);
        }
    }

    /// How an invocation ended that the process has answered, or that it left unanswered by ending
    /// itself.
    private static Optional<Outcome> ended(Work work) {
        if (work.outcome().isDone()) {
            return Optional.of(work.outcome().join());
        }
        if (!work.taken().isDone()) {
            return Optional.empty();
        }
        int status = work.exited().join();
        String how = status == 0
                ? "Runtime exited without providing a reason"
                : "Runtime exited with error: exit status " + status;
        return Optional.of(ErrorPayload.of(
                "Runtime.ExitError", "RequestId: " + work.invocation().requestId() + " Error: " + how));
    }

    private Map<String, String> headers(Invocation invocation) {
        Instant deadline = clock.instant().plus(invocation.function().timeout());
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(deadline.toEpochMilli()));
        headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.function().arn());
        if (invocation.clientContext() != null) {
            headers.put("Lambda-Runtime-Client-Context", invocation.clientContext());
        }
        return Map.copyOf(headers);
    }
}
