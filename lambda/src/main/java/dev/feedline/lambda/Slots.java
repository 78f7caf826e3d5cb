package dev.feedline.lambda;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many invocations may run: in total, of one function, and in processes.
final class Slots {
    private final LambdaSettings settings;
    private final Runnable onRelease;
    private final Map<String, Integer> running = new HashMap<>();
    private int total;
    private int inProcesses;

    /// @param onRelease told after each slot that became free
    Slots(LambdaSettings settings, Runnable onRelease) {
        this.settings = settings;
        this.onRelease = onRelease;
    }

    /// The right to run once; closed when the run is really over, which for a built-in function that
    /// timed out is later than its answer.
    final class Slot implements AutoCloseable {
        private final Function function;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Slot(Function function) {
            this.function = function;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(function);
                onRelease.run();
            }
        }
    }

    /// Takes a slot, or none when the function, the machine or the processes are busy.
    synchronized Optional<Slot> take(Function function) {
        boolean busy = total >= settings.concurrency().total()
                || running(function.name()) >= settings.concurrency().perFunction()
                || (!function.isBuiltIn() && inProcesses >= settings.processes().maximum());
        if (busy) {
            return Optional.empty();
        }
        add(function, 1);
        return Optional.of(new Slot(function));
    }

    /// How many invocations of one function may run at once.
    int mostOfOneFunction() {
        return Math.min(settings.concurrency().total(), settings.concurrency().perFunction());
    }

    synchronized int running(String function) {
        return running.getOrDefault(function, 0);
    }

    private synchronized void release(Function function) {
        add(function, -1);
    }

    private void add(Function function, int by) {
        total += by;
        inProcesses += function.isBuiltIn() ? 0 : by;
        running.merge(function.name(), by, (old, more) -> old + more == 0 ? null : old + more);
    }
}
