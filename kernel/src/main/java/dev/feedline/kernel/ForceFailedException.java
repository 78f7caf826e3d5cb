package dev.feedline.kernel;

import java.io.IOException;

/// An fsync failed: nothing written since the last good one can be trusted, and the store must stop.
public final class ForceFailedException extends IOException {
    private static final long serialVersionUID = 1;

    public ForceFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
