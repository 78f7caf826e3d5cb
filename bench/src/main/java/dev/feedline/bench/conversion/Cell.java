package dev.feedline.bench.conversion;

import java.util.Locale;

/// One thing that every engine is asked to do.
record Cell(Data data, Codec codec, int threads, Columns columns) {
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
        return data.name() + " " + codec.word() + " " + threads + "t " + columns.word();
    }

    boolean isExplicit() {
        return columns == Columns.EXPLICIT;
    }
}
