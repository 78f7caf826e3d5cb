package dev.feedline.app.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Temporary files that killed processes left behind; what lies in the data folder is cleared by the next start itself.
final class LeftoversCheck {
    /// Spools of ours, and the libraries that DuckDB and SQLite unpack at each start.
    private static final Pattern OURS = Pattern.compile(
            "feedline-\\d+\\.spool|feedline-demo\\d+|libduckdb_java\\d*\\.so|sqlite-[\\w.-]+-libsqlitejdbc\\.so(\\.lck)?");
    /// Nothing that is in use is so old, but a server that runs for days.
    private static final Duration OLD = Duration.ofHours(1);

    List<Finding> look() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Instant before = Instant.now().minus(OLD);
        long files = 0;
        long bytes = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (!OURS.matcher(file.getFileName().toString()).matches()) {
                    continue;
                }
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                        files++;
                        bytes += Files.size(file);
                    }
                } catch (NoSuchFileException e) {
                    continue; // it went while it was looked at
                }
            }
        }
        return List.of(
                files == 0
                        ? Finding.ok("leftovers", "none in " + folder)
                        : Finding.warn(
                                "leftovers",
                                String.format(
                                        Locale.ROOT,
                                        "%d temporary files older than an hour, %,d bytes, in %s",
                                        files,
                                        bytes,
                                        folder),
                                "When no Feedline runs, delete " + folder
                                        + "/feedline-*, libduckdb_java*.so and sqlite-*.so."));
    }
}
