package dev.feedline.kernel;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An object's bytes as a local file, for readers that open files (DuckDB).
///
/// Only a shortcut: where it answers empty, the reader fetches the object through its `S3Client`.
public interface LocalBodies {
    /// Nothing is local; the reader fetches.
    LocalBodies NONE = (bucket, key, version) -> Optional.empty();

    /// Pins an object's bytes; they stay readable under the path until the pin is closed, even when the object is
    /// deleted.
    ///
    /// @param version the version's id, or null for the current one
    Optional<Pin> pin(String bucket, String key, @Nullable String version);

    /// A pinned body; `length` in bytes.
    interface Pin extends AutoCloseable {
        Path path();

        long length();

        @Override
        void close();
    }
}
