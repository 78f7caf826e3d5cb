package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// Leaves the reading of a bad row; it never leaves this room, and carries no stack because bad rows
/// may be many.
final class RowFault extends RuntimeException {
    private final BadRowCode code;
    private final @Nullable String column;
    private final @Nullable String pointer;
    private final int offset;

    RowFault(BadRowCode code, @Nullable String column, @Nullable String pointer, int offset, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.column = column;
        this.pointer = pointer;
        this.offset = offset;
    }

    RowFault(BadRowCode code, int offset, String detail) {
        this(code, null, null, offset, detail);
    }

    Verdict.Bad verdict() {
        return new Verdict.Bad(code, column, pointer, offset, String.valueOf(getMessage()));
    }
}
