package dev.feedline.kernel;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The questions that waiting readers ask again and again, all asked by one thread.
///
/// A question is a comparison in memory, cheaper by far than waking the reader to ask it. The thread
/// lives while somebody waits and ends by itself.
final class Glances {
    private static final int ROUNDS_WITHOUT_QUESTIONS = 100;

    private final Duration between;
    private final Set<Glance> asked = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;

    /// One reader's question, and what to do when its answer is yes.
    static final class Glance {
        private final BooleanSupplier question;
        private final Runnable onYes;

        Glance(BooleanSupplier question, Runnable onYes) {
            this.question = question;
            this.onYes = onYes;
        }
    }

    Glances(Duration between) {
        this.between = between;
    }

    /// Asks until [#remove], the first time at once.
    void add(Glance glance) {
        asked.add(glance);
        ensureThread();
        ask(glance);
    }

    void remove(Glance glance) {
        asked.remove(glance);
    }

    private synchronized void ensureThread() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("glances").daemon().start(this::askAround);
        }
    }

    private void askAround() {
        int idle = 0;
        while (idle < ROUNDS_WITHOUT_QUESTIONS || !isOver()) {
            try {
                Thread.sleep(between);
            } catch (InterruptedException e) {
                throw new IllegalStateException(
                        "nobody interrupts " + Thread.currentThread().getName(), e);
            }
            idle = asked.isEmpty() ? idle + 1 : 0;
            asked.forEach(Glances::ask);
        }
    }

    private synchronized boolean isOver() {
        boolean over = asked.isEmpty();
        if (over) {
            thread = null;
        }
        return over;
    }

    private static void ask(Glance glance) {
        if (glance.question.getAsBoolean()) {
            glance.onYes.run();
        }
    }
}
