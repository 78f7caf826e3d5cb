package dev.feedline.parquet;

/// What a schema element means: Parquet's logical type, and beside it the older converted type for older readers.
interface Annotation {
    /// Field of `SchemaElement`.
    int CONVERTED_TYPE = 6;

    /// Field of `SchemaElement`.
    int LOGICAL_TYPE = 10;

    /// The physical type says it all.
    Annotation NONE = element -> {};

    Annotation TEXT = element -> {
        element.i32(CONVERTED_TYPE, 0);
        element.struct(LOGICAL_TYPE, () -> element.emptyStruct(1));
    };

    Annotation LIST = element -> {
        element.i32(CONVERTED_TYPE, 3);
        element.struct(LOGICAL_TYPE, () -> element.emptyStruct(3));
    };

    Annotation DATE = element -> {
        element.i32(CONVERTED_TYPE, 6);
        element.struct(LOGICAL_TYPE, () -> element.emptyStruct(6));
    };

    /// Microseconds since 1970 in UTC.
    Annotation TIMESTAMP = element -> {
        element.i32(CONVERTED_TYPE, 10);
        element.struct(
                LOGICAL_TYPE,
                () -> element.struct(8, () -> {
                    element.bool(1, true);
                    element.struct(2, () -> element.emptyStruct(2));
                }));
    };

    static Annotation decimal(int precision, int scale) {
        return element -> {
            element.i32(CONVERTED_TYPE, 5);
            element.i32(7, scale);
            element.i32(8, precision);
            element.struct(
                    LOGICAL_TYPE,
                    () -> element.struct(5, () -> {
                        element.i32(1, scale);
                        element.i32(2, precision);
                    }));
        };
    }

    void write(CompactProtocol element);
}
