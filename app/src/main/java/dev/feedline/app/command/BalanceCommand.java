package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.feeds.FileState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `feedline balance`
@Command(
        name = "balance",
        description = {
            "Does it add up? Counted from the warehouse now: received = loaded + quarantined, for every file of a feed.",
            "Exit 0 balanced, 3 with quarantined rows, 4 when a file is not settled, unbalanced, held or failed."
        },
        mixinStandardHelpOptions = true)
final class BalanceCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--json", description = "Print one JSON array of objects.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<FileState> files;
        try (Reach reach = folder.reach(false)) {
            files = RemotePipeline.of(reach).files().stream()
                    .filter(file -> file.state() != FileState.State.NO_FEED)
                    .toList();
        }
        if (json) {
            FilesTable.json(files, System.out);
        } else {
            FilesTable.table(files, System.out);
            System.out.println(sentence(files));
        }
        return files.stream().mapToInt(ExitCode::of).max().orElse(ExitCode.BALANCED);
    }

    /// The one sentence that is read first.
    static String sentence(List<FileState> files) {
        long received = files.stream().mapToLong(FileState::received).sum();
        long loaded = files.stream().mapToLong(FileState::loaded).sum();
        long quarantined = files.stream().mapToLong(FileState::quarantined).sum();
        long held = files.stream()
                .filter(file -> file.state() == FileState.State.HELD
                        || file.state() == FileState.State.SKIPPED
                        || file.state() == FileState.State.FAILED)
                .mapToLong(FileState::received)
                .sum();
        return String.format(
                "%,d files · %,d rows received = %,d loaded + %,d quarantined%s · %,d unaccounted",
                files.size(),
                received,
                loaded,
                quarantined,
                held == 0 ? "" : String.format(" + %,d in files that are held, skipped or failed", held),
                received - loaded - quarantined - held);
    }
}
