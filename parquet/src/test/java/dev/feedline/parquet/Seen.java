package dev.feedline.parquet;

import java.util.Arrays;
import java.util.List;

/// A value in a form that `equals` compares exactly: structs as lists of their fields, doubles by their bits (0.0 is
/// not -0.0, NaN is NaN), everything else as it is.
final class Seen {
    /// The fields of a struct; a list is never one.
    record Fields(List<Object> values) {}

    private Seen() {}

    static List<Object> rows(List<Object[]> rows) {
        return rows.stream().map(Seen::value).toList();
    }

    static Object value(Object value) {
        return switch (value) {
            case null -> null;
            case Object[] fields ->
                new Fields(Arrays.stream(fields).map(Seen::value).toList());
            case List<?> list -> list.stream().map(Seen::value).toList();
            case Double number when !number.isNaN() -> "double " + Long.toHexString(Double.doubleToRawLongBits(number));
            case Double nan -> "double " + nan;
            default -> value;
        };
    }
}
