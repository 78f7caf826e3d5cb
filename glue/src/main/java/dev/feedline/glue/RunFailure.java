package dev.feedline.glue;

/// A run failed for a reason that is its own message; no stack of Feedline's says more.
final class RunFailure extends Exception {
    private static final long serialVersionUID = 1;

    RunFailure(String message) {
        super(message);
    }

    RunFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
