package dev.feedline.parquet;

import org.jspecify.annotations.Nullable;

/// One node of the file's schema, as the footer lists them: each group is followed by its children.
///
/// A leaf has a physical type, a group has children; the root has no repetition.
record SchemaElement(
        String name,
        @Nullable Repetition repetition,
        @Nullable PhysicalType type,
        int typeLength,
        int children,
        Annotation annotation) {
    enum Repetition {
        OPTIONAL(1),
        REPEATED(2);

        final int code;

        Repetition(int code) {
            this.code = code;
        }
    }

    static SchemaElement root(int children) {
        return new SchemaElement("schema", null, null, 0, children, Annotation.NONE);
    }

    static SchemaElement group(String name, Repetition repetition, int children, Annotation annotation) {
        return new SchemaElement(name, repetition, null, 0, children, annotation);
    }

    static SchemaElement leaf(String name, LeafType leaf) {
        return new SchemaElement(name, Repetition.OPTIONAL, leaf.physical(), leaf.length(), 0, leaf.annotation());
    }

    void write(CompactProtocol out) {
        if (type != null) {
            out.i32(1, type.code);
        }
        if (type == PhysicalType.FIXED_LEN_BYTE_ARRAY) {
            out.i32(2, typeLength);
        }
        if (repetition != null) {
            out.i32(3, repetition.code);
        }
        out.string(4, name);
        if (type == null) {
            out.i32(5, children);
        }
        annotation.write(out);
    }
}
