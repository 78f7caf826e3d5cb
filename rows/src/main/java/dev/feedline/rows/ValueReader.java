package dev.feedline.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads the values of one type.
interface ValueReader {
    /// The value that begins with `token`, which is never null's; at the end all of it has been taken.
    @Nullable
    Object read(RowReading row, JsonToken token);

    /// The reader for a type.
    ///
    /// @param inferred whether the column takes only what it holds exactly, see [Schema]
    static ValueReader of(Type type, boolean inferred) {
        if (type instanceof Type.Struct struct) {
            return new StructReader(struct.fields(), field -> inferred);
        }
        if (type instanceof Type.ListOf list) {
            return new ListReader(of(list.element(), inferred));
        }
        return new ScalarReader(type, inferred);
    }
}
