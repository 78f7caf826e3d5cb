package dev.feedline.spark;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The job bookmarks of one run: what earlier runs committed, and what this one has seen.
///
/// What a source has handed out counts only from [#commit(Consumer)] on, which `Job.commit()` calls.
public final class BookmarkBook {
    static final BookmarkBook OFF = new BookmarkBook(Option.DISABLE, 0, Map.of(), null);

    private final Option option;
    private final long startMillis;
    private final Map<String, FileBookmark> before;
    private final @Nullable Map<String, FileBookmark> until;
    private final Map<String, Reading> seen = new ConcurrentHashMap<>();

    /// What the sources of one context have listed.
    ///
    /// @param bandMillis the longest that one of them has
    private record Reading(long bandMillis, Map<String, FileMark> files) {
        Reading and(Reading other) {
            Map<String, FileMark> both = new HashMap<>(files);
            both.putAll(other.files);
            return new Reading(Math.max(bandMillis, other.bandMillis), both);
        }
    }

    /// `--job-bookmark-option`, without what all of its words begin with.
    enum Option {
        ENABLE,
        PAUSE,
        DISABLE;

        static Option of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    private BookmarkBook(
            Option option,
            long startMillis,
            Map<String, FileBookmark> before,
            @Nullable Map<String, FileBookmark> until) {
        this.option = option;
        this.startMillis = startMillis;
        this.before = before;
        this.until = until;
    }

    /// @param startMillis now, before anything is listed
    /// @param before the state to start from, by transformation context
    /// @param until of a paused run with a range, the state to stop at; null without one
    static BookmarkBook of(Option option, long startMillis, Map<?, ?> before, @Nullable Map<?, ?> until) {
        return new BookmarkBook(option, startMillis, read(before), until == null ? null : read(until));
    }

    /// @param handed as a run's line has them: `option`, `state` and, of a paused run with a range, `until`
    static BookmarkBook of(Map<?, ?> handed, long startMillis) {
        if (handed.get("option") instanceof String option && handed.get("state") instanceof Map<?, ?> state) {
            return of(Option.of(option), startMillis, state, (Map<?, ?>) handed.get("until"));
        }
        if (handed.isEmpty()) {
            return OFF;
        }
        throw new IllegalArgumentException("bookmarks without option and state: " + handed.keySet());
    }

    private static Map<String, FileBookmark> read(Map<?, ?> states) {
        Map<String, FileBookmark> read = new HashMap<>();
        states.forEach((context, state) -> read.put((String) context, FileBookmark.of((Map<?, ?>) state)));
        return read;
    }

    public boolean isOn() {
        return option != Option.DISABLE;
    }

    /// Whether a file is to be handed out to this context.
    public boolean isNew(String context, String file, FileMark mark) {
        boolean isInRange = until == null
                || !until.getOrDefault(context, FileBookmark.NOTHING).isNew(file, mark);
        return done(context).isNew(file, mark) && isInRange;
    }

    private FileBookmark done(String context) {
        return before.getOrDefault(context, FileBookmark.NOTHING);
    }

    /// Notes what a context's source has listed, all of it, done before or now.
    ///
    /// @param files by path
    /// @param bandMillis how long a file may take to be listed after the time that it is said to
    ///     have been modified at
    public void saw(String context, Map<String, FileMark> files, long bandMillis) {
        Map<String, FileMark> open = new HashMap<>(files);
        long doneMillis = done(context).untilMillis();
        open.values().removeIf(mark -> mark.modifiedMillis() <= doneMillis);
        seen.merge(context, new Reading(bandMillis, open), Reading::and);
    }

    /// Whether a file is one that a bookmark of this run has to know by name.
    public boolean isLate(long modifiedMillis, long bandMillis) {
        return modifiedMillis > startMillis - bandMillis;
    }

    /// What has been seen until now is done; of contexts that were not read nothing is said, and they
    /// stay as they were. A paused run moves nothing.
    ///
    /// @param keep takes the state of each context that was read
    synchronized void commit(Consumer<Map<String, Map<String, Object>>> keep) {
        if (option == Option.ENABLE) {
            Map<String, Map<String, Object>> states = new HashMap<>();
            seen.forEach((context, reading) -> states.put(
                    context,
                    done(context)
                            .then(FileBookmark.after(startMillis, reading.bandMillis(), reading.files()))
                            .json()));
            keep.accept(states);
        }
    }
}
