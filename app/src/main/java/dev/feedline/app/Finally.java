package dev.feedline.app;

/// Work that is done once: when its owner closes it, or when the process is stopped by a signal before that.
///
/// The two may meet; then the later one waits, so that the process does not end in the middle of the work.
public final class Finally implements AutoCloseable {
    private final Runnable work;
    private boolean done;
    private final Thread hook = Thread.ofPlatform().name("finally").unstarted(this::once);

    private Finally(Runnable work) {
        this.work = work;
    }

    public static Finally of(Runnable work) {
        Finally it = new Finally(work);
        try {
            Runtime.getRuntime().addShutdownHook(it.hook);
        } catch (IllegalStateException e) {
            it.once(); // the process is being stopped already
        }
        return it;
    }

    /// Whether the process is being stopped: what fails from then on is no news.
    public static boolean isStopping() {
        Thread none = Thread.ofPlatform().unstarted(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(none);
            Runtime.getRuntime().removeShutdownHook(none);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        once();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is being stopped, and the hook finds nothing to do
        }
    }

    private synchronized void once() {
        if (!done) {
            done = true;
            work.run();
        }
    }
}
