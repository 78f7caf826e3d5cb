package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.feeds.FileState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `feedline files`
@Command(name = "files", description = "What arrived, and where it stands.", mixinStandardHelpOptions = true)
final class FilesCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--json", description = "Print one JSON array of objects.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Reach reach = folder.reach(false)) {
            List<FileState> files = RemotePipeline.of(reach).files();
            if (json) {
                FilesTable.json(files, System.out);
            } else {
                FilesTable.table(files, System.out);
            }
        }
        return ExitCode.BALANCED;
    }
}
