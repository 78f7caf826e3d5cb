package dev.feedline.feeds.sim;

/// The process is gone at this point. An error, so that nothing on the way out mistakes it for a failure to handle.
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String point) {
        super(point, null, false, false);
    }
}
