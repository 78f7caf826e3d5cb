package dev.feedline.glue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a run is to do with its job's bookmarks: `--job-bookmark-option` and its sub-options.
///
/// https://docs.aws.amazon.com/glue/latest/dg/programming-etl-connect-bookmarks.html
///
/// @param from with PAUSE: the run whose state counts as what was done before
/// @param to with PAUSE: the run after whose state nothing is read
record BookmarkUse(Option option, Optional<String> from, Optional<String> to) {
    private static final String PREFIX = "job-bookmark-";

    enum Option {
        /// Skips what was committed before, and what it commits is kept.
        ENABLE,
        /// Skips what was committed before, and keeps nothing.
        PAUSE,
        /// Knows nothing of bookmarks.
        DISABLE;

        String argument() {
            return PREFIX + word();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static BookmarkUse of(Map<String, String> arguments) {
        String given = arguments.getOrDefault("--job-bookmark-option", Option.DISABLE.argument());
        Optional<String> from = Optional.ofNullable(arguments.get("--job-bookmark-from"));
        Optional<String> to = Optional.ofNullable(arguments.get("--job-bookmark-to"));
        for (Option option : Option.values()) {
            if (option.argument().equals(given)) {
                return new BookmarkUse(option, from, to);
            }
        }
        throw GlueError.INVALID_INPUT.because("--job-bookmark-option must be job-bookmark-enable, job-bookmark-pause"
                + " or job-bookmark-disable, not " + given);
    }

    /// Refuses sub-options that would do nothing; seen when a run starts, since the option may be the
    /// job's and the sub-options the run's.
    BookmarkUse checked() {
        if (from.isPresent() != to.isPresent()) {
            throw GlueError.INVALID_INPUT.because("--job-bookmark-from and --job-bookmark-to go together");
        }
        if (from.isPresent() && option != Option.PAUSE) {
            throw GlueError.INVALID_INPUT.because(
                    "--job-bookmark-from and --job-bookmark-to go with" + " --job-bookmark-option job-bookmark-pause");
        }
        return this;
    }
}
