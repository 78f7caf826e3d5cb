package dev.feedline.spark;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What a job's main method has left at work: threads of which a JVM awaits the end.
///
/// A driver has such threads of Spark's, too, so those count that are in the job's own classes. A pool that nobody has
/// shut down has nothing to do and is in none of them.
final class JobThreads {
    private static final long MILLIS_BETWEEN_LOOKS = 50;
    /// One look may find a pool's thread between two tasks, or one that has not begun.
    private static final int LOOKS_WITHOUT = 2;

    private JobThreads() {}

    /// Waits until none is at work.
    ///
    /// @param job the name of the loader of the job's classes
    /// @param telling told once of each that is waited for
    static void awaitEnd(String job, Consumer<String> telling) throws InterruptedException {
        Set<Thread> told = new HashSet<>();
        int without = 0;
        while (true) {
            Map<Thread, StackTraceElement> atWork = atWork(job);
            without = atWork.isEmpty() ? without + 1 : 0;
            if (without == LOOKS_WITHOUT) {
                return;
            }
            atWork.forEach((thread, where) -> {
                if (told.add(thread)) {
                    telling.accept("The main method has returned; the run goes on until its thread " + thread.getName()
                            + " ends, which is at " + where);
                }
            });
            pause(atWork.keySet());
        }
    }

    /// Until the next look, which comes at once when one that was waited for has ended.
    private static void pause(Set<Thread> atWork) throws InterruptedException {
        if (atWork.isEmpty()) {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        } else {
            atWork.iterator().next().join(MILLIS_BETWEEN_LOOKS);
        }
    }

    private static Map<Thread, StackTraceElement> atWork(String job) {
        Map<Thread, StackTraceElement> atWork = new LinkedHashMap<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (!thread.isDaemon() && thread != Thread.currentThread()) {
                for (StackTraceElement frame : stack) {
                    if (job.equals(frame.getClassLoaderName())) {
                        atWork.put(thread, frame);
                        break;
                    }
                }
            }
        });
        return atWork;
    }
}
