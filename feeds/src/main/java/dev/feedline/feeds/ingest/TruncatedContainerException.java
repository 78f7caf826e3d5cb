package dev.feedline.feeds.ingest;

import java.io.IOException;

/// The compressed file ends before its content does.
public final class TruncatedContainerException extends IOException {
    private static final long serialVersionUID = 1;

    TruncatedContainerException(String what) {
        super(what);
    }
}
