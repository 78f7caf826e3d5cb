package dev.feedline.app.command;

import dev.feedline.app.FeedlineSettings;
import dev.feedline.app.Reach;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.kernel.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options every command has: which data folder, where it serves, and which definition.
final class FolderOptions {
    static final int STANDARD_PORT = 4566;
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".feedline",
            description = "The data folder (default: ./.feedline).")
    Path data = Path.of(".feedline");

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "The port to serve on; 0 takes a free one (default: 4566 for up and doctor; else a free one).")
    @Nullable
    Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to bind to (default: 127.0.0.1).")
    String host = "127.0.0.1";

    @Mixin
    private DefinitionOptions definition = new DefinitionOptions();

    /// @throws IOException when a definition was named and cannot be read
    Definition definition() throws IOException {
        return definition.definition();
    }

    int portOr(int otherwise) throws IOException {
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw new IOException(
                    "--port " + port + " is no port; use 1 to " + HIGHEST_PORT + ", or 0 for a free one.");
        }
        return port == null ? otherwise : port;
    }

    /// Reaches the folder's server, or opens the folder for as long as the command takes.
    ///
    /// @param pipeline whether files are to be processed when this process opens the folder
    Reach reach(boolean pipeline) throws IOException {
        Definition definition = definition();
        if (!pipeline) {
            requireData();
        }
        FeedlineSettings settings =
                FeedlineSettings.of(data, definition, UpCommand::stopAtOnce).at(host, portOr(0));
        return Reach.open(pipeline ? settings : settings.readingOnly());
    }

    /// A command that only reads makes no data folder where somebody mistyped one.
    private void requireData() throws IOException {
        if (Files.exists(data) && !Files.isDirectory(data)) {
            throw new IOException(data + " is a file, not a data folder. Name another with --data.");
        }
        if (DataFolder.version(data).isEmpty()) {
            throw new IOException("There is no data folder " + data + " yet. `feedline up` or `feedline put FILE FEED`"
                    + " makes one; --data names another.");
        }
    }

    /// The running server of the folder.
    ///
    /// @throws IOException saying how to start one, when none runs
    Reach.Server server() throws IOException {
        return Reach.running(data)
                .orElseThrow(() -> new IOException("No Feedline serves the data folder " + data
                        + ". Start one with `feedline up --data " + data + "`."));
    }
}
