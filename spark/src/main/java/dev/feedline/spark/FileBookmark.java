package dev.feedline.spark;

import java.util.HashMap;
import java.util.Map;

/// How far a source of files has been read: every file modified until a moment, and some named ones after it.
///
/// The moment lies before the listing by as long as a file may take to appear in listings after the time that
/// it is said to have been modified at; files of that while are known by name.
///
/// @param untilMillis every file modified at or before it is done
/// @param later files modified after it that are done, as they were, so that one written again is new
record FileBookmark(long untilMillis, Map<String, FileMark> later) {
    static final FileBookmark NOTHING = new FileBookmark(Long.MIN_VALUE, Map.of());

    FileBookmark {
        later = Map.copyOf(later);
    }

    /// @param startMillis before the listing
    /// @param bandMillis the while, see above
    /// @param files all that the source has now
    static FileBookmark after(long startMillis, long bandMillis, Map<String, FileMark> files) {
        return after(startMillis - bandMillis, files);
    }

    private static FileBookmark after(long until, Map<String, FileMark> files) {
        Map<String, FileMark> later = new HashMap<>(files);
        later.values().removeIf(mark -> mark.modifiedMillis() <= until);
        return new FileBookmark(until, later);
    }

    static FileBookmark of(Map<?, ?> json) {
        Map<String, FileMark> later = new HashMap<>();
        ((Map<?, ?>) required(json, "later")).forEach((file, mark) -> later.put((String) file, FileMark.of(mark)));
        return new FileBookmark(((Number) required(json, "until")).longValue(), later);
    }

    private static Object required(Map<?, ?> json, String name) {
        Object value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a bookmark without '" + name + "': " + json);
        }
        return value;
    }

    Map<String, Object> json() {
        Map<String, Object> files = new HashMap<>();
        later.forEach((file, mark) -> files.put(file, mark.json()));
        return Map.of("until", untilMillis, "later", files);
    }

    boolean isNew(String file, FileMark mark) {
        FileMark done = later.get(file);
        return mark.modifiedMillis() > untilMillis && (done == null || !done.isOf(mark));
    }

    /// What is done after a run that began with this one. What was done stays done: a run may list a part of
    /// the files only, have a longer band, or begin by a clock that was set back.
    FileBookmark then(FileBookmark now) {
        Map<String, FileMark> both = new HashMap<>(later);
        both.putAll(now.later);
        return after(Math.max(untilMillis, now.untilMillis), both);
    }
}
