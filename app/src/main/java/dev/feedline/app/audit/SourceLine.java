package dev.feedline.app.audit;

import org.jspecify.annotations.Nullable;

/// One row of a source file as the second reader cuts it.
///
/// @param number within the file, from 1
/// @param bytes the row in UTF-8 without its line end; the first of them when it is too long
/// @param tooLong whether there is more of it than is kept
/// @param cutOff whether the container ended in it, so that it may be only a part
/// @param flaw why it is no row of its own, as far as cutting tells; null for none
@SuppressWarnings("ArrayRecordComponent") // raw bytes, since they need not be text
record SourceLine(
        long number,
        byte[] bytes,
        boolean tooLong,
        boolean cutOff,
        @Nullable String flaw) {
    /// The row's values.
    ///
    /// @throws NotARow when it has none that could be loaded
    Json.Obj read(RowForm form) throws NotARow {
        if (flaw != null) {
            throw new NotARow(flaw);
        }
        if (tooLong) {
            throw new NotARow("it is too long");
        }
        if (cutOff) {
            throw new NotARow("the container ends in it");
        }
        return form.read(bytes);
    }
}
