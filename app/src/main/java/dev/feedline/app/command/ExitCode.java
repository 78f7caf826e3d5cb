package dev.feedline.app.command;

import dev.feedline.feeds.FileState;

/// The exit codes of every command; scripts rely on them, and `docs/command.md` lists them.
final class ExitCode {
    /// It is done; where files are concerned, they balance and no row of them is bad.
    static final int BALANCED = 0;
    /// The command failed; its last lines on standard error say why.
    static final int ERROR = 1;
    /// The command line is wrong (picocli's own code).
    static final int USAGE = 2;
    /// Every row is accounted for, and some are in quarantine.
    static final int QUARANTINED = 3;
    /// A file does not balance: not settled, unbalanced, held, failed, or different from its upload.
    static final int UNBALANCED = 4;
    /// The time was over before the file was settled.
    static final int TIMED_OUT = 5;
    /// The disk or a store has failed for good: nothing may run on, not even a shutdown hook (sysexits.h, EX_SOFTWARE).
    static final int DISK_FAILED = 70;

    private ExitCode() {}

    /// What a file's state says to a script.
    static int of(FileState file) {
        return switch (file.state()) {
            case BALANCED -> file.quarantined() == 0 ? BALANCED : QUARANTINED;
            case SKIPPED -> BALANCED;
            case WAITING, IN_FLIGHT, UNBALANCED, HELD, FAILED, NO_FEED -> UNBALANCED;
        };
    }
}
