package dev.feedline.kinesis.log;

import java.io.IOException;
import java.nio.file.Path;

/// Bytes that had been acknowledged are not what was written; nothing at or after them is served.
public final class CorruptLogException extends IOException {
    private static final long serialVersionUID = 1;

    public CorruptLogException(Path file, long position, String reason) {
        super("The log segment " + file + " is damaged at byte " + position + " (" + reason
                + "). Nothing was changed or skipped: check the disk and restore the file from a copy.");
    }
}
