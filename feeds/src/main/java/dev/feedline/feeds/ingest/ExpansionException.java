package dev.feedline.feeds.ingest;

import java.io.IOException;

/// The compressed file unpacks to more than a feed would: it is a bomb, or has to be split.
public final class ExpansionException extends IOException {
    private static final long serialVersionUID = 1;

    ExpansionException(String what) {
        super(what);
    }
}
