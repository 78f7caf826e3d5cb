package dev.feedline.kernel;

import java.io.IOException;

/// The volume has no room left; what was being written is not there, and a later try may succeed.
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1;

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
