package dev.feedline.snowflake.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A staged file's bytes below the warehouse's folder, where DuckDB may open them; deleted when
/// closed.
///
/// @param staged as it was when the bytes were taken
record LocalFile(StagedFile staged, Path path) implements AutoCloseable {
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
