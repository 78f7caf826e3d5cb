package dev.feedline.feeds.ingest;

import java.io.IOException;

/// The compressed file contradicts itself: what came out of it before cannot be trusted either.
public final class DamagedContainerException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedContainerException(String what) {
        super(what);
    }
}
