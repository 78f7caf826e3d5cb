package dev.feedline.parquet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes a value apart into the leaf columns below it, as Dremel does.
///
/// Source: Melnik et al., "Dremel: Interactive Analysis of Web-Scale Datasets", 2010.
abstract class Shredder {
    /// Adds a value, or its absence, to every leaf below; `definition` is the level that the parents have reached.
    abstract void shred(@Nullable Object value, int repetition, int definition) throws IOException;

    /// Adds to every leaf below that a parent is missing from level `definition` on.
    abstract void shredAbsent(int repetition, int definition) throws IOException;
}
