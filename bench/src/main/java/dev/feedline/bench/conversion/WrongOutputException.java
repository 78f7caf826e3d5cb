package dev.feedline.bench.conversion;

/// An engine wrote something else than the rows it read, so its time means nothing.
final class WrongOutputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongOutputException(String message) {
        super(message);
    }

    WrongOutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
