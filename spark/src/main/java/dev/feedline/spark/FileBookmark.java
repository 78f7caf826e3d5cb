package dev.feedline.spark;

import java.util.HashMap;
import java.util.Map;

/// How far a source of files has been read: every file modified until a moment, and some named ones after it.
///
/// The moment lies before the listing by as long as a file may take to appear in listings after the time that
/// it is said to have been modified at; files of that while are known by name.
///
/// @param untilMillis every file modified at or before it is done
/// @param later files modified after it that are done, each with when it was modified, so that one written again is new
record FileBookmark(long untilMillis, Map<String, Long> later) {
    static final FileBookmark NOTHING = new FileBookmark(Long.MIN_VALUE, Map.of());

    FileBookmark {
        later = Map.copyOf(later);
    }

    /// @param startMillis before the listing
    /// @param bandMillis the while, see above
    /// @param files all that the source has now
    static FileBookmark after(long startMillis, long bandMillis, Map<String, Long> files) {
        long until = startMillis - bandMillis;
        Map<String, Long> later = new HashMap<>(files);
        later.values().removeIf(modified -> modified <= until);
        return new FileBookmark(until, later);
    }

    static FileBookmark of(Map<?, ?> json) {
        Map<String, Long> later = new HashMap<>();
        ((Map<?, ?>) required(json, "later"))
                .forEach((file, modified) -> later.put((String) file, ((Number) modified).longValue()));
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
        return Map.of("until", untilMillis, "later", later);
    }

    boolean isNew(String file, long modifiedMillis) {
        Long done = later.get(file);
        return modifiedMillis > untilMillis && (done == null || done != modifiedMillis);
    }

    /// Two readings of one run under one context.
    FileBookmark and(FileBookmark other) {
        Map<String, Long> both = new HashMap<>(later);
        both.putAll(other.later);
        return new FileBookmark(Math.min(untilMillis, other.untilMillis), both);
    }
}
