package dev.feedline.app.command;

import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.DefinitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which definition a command works on.
final class DefinitionOptions {
    private static final Path STANDARD = Path.of("feedline.yaml");

    @Option(
            names = "-f",
            paramLabel = "FILE",
            description = "The definition (default: feedline.yaml in the current folder, if there is one).")
    @Nullable
    Path file;

    /// The definition's file, when one was named or is where one is looked for.
    Optional<Path> file() {
        if (file != null) {
            return Optional.of(file);
        }
        return Files.exists(STANDARD) ? Optional.of(STANDARD) : Optional.empty();
    }

    /// @throws IOException when a definition was named and cannot be read
    Definition definition() throws IOException {
        Optional<Path> found = file();
        if (found.isPresent()) {
            Explanation.requireFile(found.get(), "the definition");
        }
        return found.isEmpty() ? Definition.EMPTY : DefinitionReader.read(found.get());
    }
}
