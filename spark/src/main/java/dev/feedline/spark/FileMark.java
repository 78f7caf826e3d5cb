package dev.feedline.spark;

import java.util.Map;

/// What a listing says of one file, by which a file that is written again is told from the one before.
///
/// @param modifiedMillis when it was last modified; of S3's files in whole seconds
/// @param etag of its content, so that one written again within the same second is told, too; empty where
///     the file system gives none
public record FileMark(long modifiedMillis, String etag) {
    /// The same file as the other says, as far as both of them say something.
    boolean isOf(FileMark other) {
        boolean isSameContent = etag.isEmpty() || other.etag.isEmpty() || etag.equals(other.etag);
        return modifiedMillis == other.modifiedMillis && isSameContent;
    }

    Object json() {
        return etag.isEmpty() ? modifiedMillis : Map.of("modified", modifiedMillis, "etag", etag);
    }

    /// @param json a number of milliseconds where there is no ETag, and in bookmarks of older versions
    static FileMark of(Object json) {
        if (json instanceof Number millis) {
            return new FileMark(millis.longValue(), "");
        }
        if (json instanceof Map<?, ?> mark
                && mark.get("modified") instanceof Number millis
                && mark.get("etag") instanceof String etag) {
            return new FileMark(millis.longValue(), etag);
        }
        throw new IllegalArgumentException("a file of a bookmark is neither a time nor a time and an ETag: " + json);
    }
}
