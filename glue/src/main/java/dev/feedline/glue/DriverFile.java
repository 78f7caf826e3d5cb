package dev.feedline.glue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object that a driver has left in a file, which appears whole, by a rename.
final class DriverFile {
    /// An error with its stack, or the names of the files of a source's newest moment; drivers refuse to commit more.
    private static final long LARGEST_BYTES = 64L << 20;

    private DriverFile() {}

    /// What is in the file; empty when there is none.
    ///
    /// @param what it is, as the beginning of a sentence
    static Optional<JsonNode> read(Path file, String what) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST_BYTES) {
            throw new IOException(what + " is larger than " + LARGEST_BYTES + " bytes");
        }
        try {
            JsonNode read = JsonMapper.shared().readTree(Files.readAllBytes(file));
            if (!read.isObject()) {
                throw new IOException(what + " is no JSON object");
            }
            return Optional.of(read);
        } catch (JacksonException e) {
            throw new IOException(what + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
