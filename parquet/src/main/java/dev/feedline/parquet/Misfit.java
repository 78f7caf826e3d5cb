package dev.feedline.parquet;

import java.lang.reflect.Array;
import java.util.Collection;

/// A value that does not fit its column, as an error message shows it: its class, and a short text of it.
final class Misfit {
    private static final int MAX_CHARS = 60;

    private Misfit() {}

    static String describe(Object value) {
        String type = value.getClass().getSimpleName();
        if (value.getClass().isArray()) {
            return type + " of length " + Array.getLength(value);
        } else if (value instanceof Collection<?> collection) {
            return type + " of size " + collection.size();
        }
        String text = value.toString();
        return type + " " + (text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…");
    }
}
