package dev.feedline.bench.conversion;

import dev.feedline.bench.shape.Shape;
import java.nio.file.Path;
import java.util.Locale;

/// One thing that every engine is asked to do.
///
/// @param input JSON lines
/// @param schemaFile the shape's columns, as `feedline convert --schema` reads them
record Cell(Shape shape, Path input, Path schemaFile, Codec codec, int threads, Columns columns) {
    /// How pages are compressed.
    enum Codec {
        SNAPPY,
        ZSTD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Where the columns come from.
    enum Columns {
        /// Given.
        EXPLICIT,
        /// Found in the file by the engine, each time.
        INFERRED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String name() {
        return shape.word() + " " + codec.word() + " " + threads + "t " + columns.word();
    }

    boolean isExplicit() {
        return columns == Columns.EXPLICIT;
    }
}
