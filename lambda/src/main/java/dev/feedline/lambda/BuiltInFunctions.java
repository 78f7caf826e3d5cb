package dev.feedline.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.SdkBytes;

/// Runs functions inside Feedline, each invocation on a platform thread of its own; [Slots] bounds how many.
///
/// A function computes for seconds without waiting, and a virtual thread that computes keeps its carrier: on two cores
/// two of them would hold up every request.
///
/// A function that takes longer than its timeout is reported as timed out at once, and its answer is
/// thrown away; but it is not interrupted: an interrupt closes the file a thread is just writing or
/// forcing, which Feedline would have to take for a broken disk. It keeps its slot until it ends, and
/// sees in its context that no time is left.
final class BuiltInFunctions {
    private final Map<String, RequestStreamHandler> handlers;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    BuiltInFunctions(Map<String, RequestStreamHandler> handlers) {
        this.handlers = handlers;
    }

    Outcome run(Invocation invocation, LogTail log, Slots.Slot slot) throws InterruptedException {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        BuiltInContext context = new BuiltInContext(invocation, log);
        Thread.ofPlatform()
                .daemon()
                .name("lambda-" + invocation.function().name())
                .start(() -> {
                    running.add(Thread.currentThread());
                    try (slot) {
                        outcome.complete(call(invocation, log, context));
                    } finally {
                        running.remove(Thread.currentThread());
                    }
                });
        Duration timeout = invocation.function().timeout();
        try {
            return outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return ErrorPayload.timedOut(invocation.requestId(), timeout);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call always completes with an outcome", e);
        }
    }

    /// Waits for the invocations that run; what is still running afterwards ends with the process.
    void awaitAll(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        for (Thread thread : running) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private Outcome call(Invocation invocation, LogTail log, BuiltInContext context) {
        RequestStreamHandler handler = handlers.get(invocation.function().builtInName());
        if (handler == null) {
            return ErrorPayload.of(
                    "Runtime.HandlerNotFound",
                    invocation.function().configuration().handler() + " names no built-in function");
        }
        try (BoundedOutput output = new BoundedOutput()) {
            handler.handleRequest(invocation.payload().asInputStream(), output, context);
            return output.tooLarge
                    ? ErrorPayload.tooLarge()
                    : new Outcome.Returned(SdkBytes.fromByteArrayUnsafe(output.toByteArray()));
        } catch (Throwable thrown) { // whatever a function throws is its outcome
            log.line(thrown.toString());
            return ErrorPayload.of(thrown);
        }
    }

    /// Takes a function's answer and remembers when it was more than an answer may be.
    private static final class BoundedOutput extends ByteArrayOutputStream {
        private boolean tooLarge;

        @Override
        public synchronized void write(int b) {
            if (fits(1)) {
                super.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (fits(length)) {
                super.write(bytes, offset, length);
            }
        }

        private boolean fits(int more) {
            tooLarge |= (long) count + more > Invocation.LARGEST_PAYLOAD_BYTES;
            return !tooLarge;
        }

        @Override
        public void close() {}
    }
}
