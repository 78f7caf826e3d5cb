package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// Reads the values of one type.
interface ValueReader {
    /// The value that begins with `token`, which is never null's; at the end all of it has been taken.
    @Nullable
    Object read(RowReading row, Token token);

    /// The reader for a type.
    ///
    /// @param inferred whether the column takes only what it holds exactly, see [Schema]
    static ValueReader of(Type type, boolean inferred, CellForm form) {
        if (type instanceof Type.Struct struct) {
            return new StructReader(struct.fields(), field -> inferred, form);
        }
        if (type instanceof Type.ListOf list) {
            return new ListReader(of(list.element(), inferred, form));
        }
        if (type instanceof Type.Int64) {
            return NumberReader.ofLongs(form);
        }
        if (type instanceof Type.Decimal decimal) {
            return NumberReader.ofDecimals(decimal, form);
        }
        if (type instanceof Type.Float64) {
            return NumberReader.ofDoubles(inferred, form);
        }
        if (type instanceof Type.Bool) {
            return new BooleanReader(form);
        }
        if (type instanceof Type.Date) {
            return MomentReader.ofDates(form);
        }
        if (type instanceof Type.Timestamp) {
            return MomentReader.ofTimestamps(!inferred, form);
        }
        if (type instanceof Type.Text) {
            return new TextReader();
        }
        throw new IllegalArgumentException("no reader for " + type.glue());
    }
}
