package dev.feedline.app.command;

import java.io.IOException;

/// Nobody reads the output any more, as in `feedline sql … | head`: there is no point in going on, and no fault.
final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1;

    ReaderGoneException() {
        super("nobody reads the output any more");
    }
}
