package dev.feedline.glue.filter;

/// An expression that cannot be read, with the sentence for the caller.
public final class FilterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FilterException(String message) {
        super(message);
    }
}
