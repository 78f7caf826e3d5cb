package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// What the reader says of a row.
public sealed interface Verdict {
    /// A row that fits.
    ///
    /// @param values in the order of the schema's columns, see [Type] for their classes
    /// @param rescued what went to `_RESCUED`: a JSON object of the row's shape with only those parts,
    /// each as the source wrote it; in an array, elements before a rescued one are null
    @SuppressWarnings("ArrayRecordComponent") // handed straight to a column writer
    record Good(@Nullable Object[] values, @Nullable String rescued) implements Verdict {}

    /// A row for quarantine.
    ///
    /// @param column the top-level key concerned, where there is one
    /// @param pointer the JSON pointer (RFC 6901) to the value concerned, where there is one
    /// @param offset of the fault within the row, in bytes
    record Bad(
            BadRowCode code,
            @Nullable String column,
            @Nullable String pointer,
            int offset,
            String detail) implements Verdict {}
}
