package dev.feedline.spark;

import java.util.function.ObjIntConsumer;

/// Where a job's calls of `System.exit` lead: the run's report is written first, so that an exit that the job wanted is
/// told from a process that died.
///
/// [UserClasses] writes these calls into the job's classes.
public final class Exit {
    /// The call that ends a process without any order: no shutdown hook runs.
    static final String HALT = "Runtime.halt";

    private static volatile ObjIntConsumer<String> before = (call, status) -> {};

    private Exit() {}

    /// @param hears of the call and its status first
    static void announce(ObjIntConsumer<String> hears) {
        before = hears;
    }

    /// In place of `System.exit(status)`.
    public static void exit(int status) {
        before.accept("System.exit", status);
        System.exit(status);
    }

    /// In place of `runtime.exit(status)`.
    public static void exit(Runtime runtime, int status) {
        before.accept("Runtime.exit", status);
        runtime.exit(status);
    }

    /// In place of `runtime.halt(status)`.
    public static void halt(Runtime runtime, int status) {
        before.accept(HALT, status);
        runtime.halt(status);
    }

    /// In place of Scala's `sys.exit(status)`.
    public static RuntimeException exit(Object sys, int status) {
        exit(status);
        throw new IllegalStateException("the process goes on after its exit");
    }

    /// In place of Scala's `sys.exit()`.
    public static RuntimeException exit(Object sys) {
        return exit(sys, 0);
    }
}
