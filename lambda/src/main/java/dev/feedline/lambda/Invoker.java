package dev.feedline.lambda;

import java.time.Duration;
import java.util.Locale;

/// Runs one invocation to its end, in Feedline or in a process.
final class Invoker {
    private final BuiltInFunctions builtIn;
    private final Children children;

    Invoker(BuiltInFunctions builtIn, Children children) {
        this.builtIn = builtIn;
        this.children = children;
    }

    /// Runs and waits; the slot is given back when the function has really ended.
    ///
    /// @throws software.amazon.awssdk.services.lambda.model.LambdaException when it could not be run
    /// for reasons that are not the function's
    Outcome run(Invocation invocation, LogTail log, Slots.Slot slot) throws InterruptedException {
        long start = System.nanoTime();
        log.line("START RequestId: " + invocation.requestId() + " Version: " + FunctionName.LATEST);
        Outcome outcome = invocation.function().isBuiltIn()
                ? builtIn.run(invocation, log, slot)
                : children.run(invocation, log, slot);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        log.line("END RequestId: " + invocation.requestId());
        log.line(String.format(
                Locale.ROOT,
                "REPORT RequestId: %s Duration: %.2f ms%s",
                invocation.requestId(),
                took.toNanos() / 1e6,
                outcome instanceof Outcome.Failed failed ? " Error: " + failed.message() : ""));
        return outcome;
    }
}
