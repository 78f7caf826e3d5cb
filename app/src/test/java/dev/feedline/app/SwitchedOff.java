package dev.feedline.app;

import java.util.Locale;

/// What can be switched off in a trial, to show that a run fails without it.
public enum SwitchedOff {
    DEDUPE,
    CHUNK_RECORD,
    VERDICT,
    CONTENT_SUM,
    IF_NONE_MATCH,
    OUTBOX,
    JOURNAL,
    CHECKPOINT_ORDER,
    CRC_CHECK,
    HISTORY_WITH_ROWS,
    FSYNC_OF_FILE,
    FSYNC_OF_DIRECTORY,
    SWEEP;

    /// As it is written on a command line: `chunk-record`.
    public String flag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SwitchedOff of(String flag) {
        return valueOf(flag.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
