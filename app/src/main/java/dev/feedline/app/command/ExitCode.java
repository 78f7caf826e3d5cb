package dev.feedline.app.command;

import dev.feedline.feeds.FileState;

/// The exit codes of `feedline put --wait` and its sisters; scripts rely on them.
final class ExitCode {
    static final int BALANCED = 0;
    /// The command failed; its last line on standard error says why.
    static final int ERROR = 1;
    /// The command line is wrong (picocli's own code).
    static final int USAGE = 2;
    static final int QUARANTINED = 3;
    static final int UNBALANCED = 4;
    static final int TIMED_OUT = 5;

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
