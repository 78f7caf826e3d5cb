package dev.feedline.rows;

import java.io.IOException;

/// The source broke off while it was read, as a truncated gzip file does. Every row that was complete
/// before has been handed out.
public final class BrokenFeedException extends IOException {
    private final transient RawRow unfinished;

    BrokenFeedException(RawRow unfinished, IOException cause) {
        super(
                "the source broke off at byte " + (unfinished.offset() + unfinished.bytes().length) + ", in row "
                        + unfinished.number() + " on line " + unfinished.line() + ": " + cause,
                cause);
        this.unfinished = unfinished;
    }

    /// The row that was being read: its number, where it starts, and as much of it as arrived, maybe
    /// nothing.
    public RawRow unfinished() {
        return unfinished;
    }
}
