package dev.feedline.app.command;

import dev.feedline.feeds.FilePreview;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `feedline preview FILE [FEED]`
@Command(
        name = "preview",
        description = {
            "Show what would become of a file, with no server and no trace: how it is read, its first rows,",
            "the schema, and the rows for quarantine. Looks at the first 64 MiB of rows.",
            "Exit 0 when all rows are good, 3 with bad rows, 4 when the file would not be loaded."
        },
        mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {
    @Mixin
    private DefinitionOptions definition = new DefinitionOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to look at.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FEED",
            description = "The feed whose definition counts (default: one with the defaults).")
    private @Nullable String feed;

    @Option(
            names = "-n",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many good rows, and how many bad ones, are shown (default: 10).")
    private int most = 10;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no file " + file + " to look at.");
        }
        if (most < 0) {
            throw new IOException("-n must be 0 or more, not " + most + ".");
        }
        Feed of = feed();
        Schema declared = new Schema(of.columns().entrySet().stream()
                .map(entry -> new Column(entry.getKey(), entry.getValue()))
                .toList());
        FilePreview preview = FilePreview.of(file, of.settings(), declared, most);
        if (json) {
            System.out.println(PreviewText.json(file, preview));
        } else {
            PreviewText.print(file, preview, System.out);
        }
        return preview.outcome() != null
                ? ExitCode.UNBALANCED
                : preview.bad() > 0 ? ExitCode.QUARANTINED : ExitCode.BALANCED;
    }

    private Feed feed() throws IOException {
        Definition defined = definition.definition();
        if (feed == null) {
            return Feed.named("preview", StorageChoice.EMBEDDED);
        }
        return Optional.ofNullable(defined.feeds().get(feed))
                .orElseThrow(() -> new IOException("The definition has no feed '" + feed + "'; it has "
                        + (defined.feeds().isEmpty()
                                ? "none"
                                : String.join(", ", List.copyOf(defined.feeds().keySet())))
                        + ". Name another, or none to look at the file with the defaults."));
    }
}
