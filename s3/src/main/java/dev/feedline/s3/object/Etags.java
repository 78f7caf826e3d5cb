package dev.feedline.s3.object;

import dev.feedline.s3.state.ObjectVersion;
import java.util.Arrays;

/// Compares a header's entity tags with an object's.
public final class Etags {
    private Etags() {}

    /// Says whether one of the tags (`"a"`, `a`, `"a", "b"` or `*`) is the object's.
    static boolean matches(String tags, ObjectVersion version) {
        return Arrays.stream(tags.split(","))
                .map(Etags::unquoted)
                .anyMatch(tag -> tag.equals("*") || tag.equals(version.etag()));
    }

    public static String unquoted(String tag) {
        String text = tag.strip();
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
