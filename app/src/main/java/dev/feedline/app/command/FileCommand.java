package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.story.FileLookup;
import dev.feedline.app.story.FileStory;
import dev.feedline.app.story.StoryReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `feedline file ID`
@Command(
        name = "file",
        description = {
            "One file: what it is, whether it adds up, its way through the stages, its chunks and its bad rows,",
            "all of it read from durable state. Exit 0 balanced, 3 with quarantined rows, 4 otherwise."
        },
        mixinStandardHelpOptions = true)
final class FileCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Parameters(
            paramLabel = "ID",
            description = "The file's id or its key, or the beginning of either; a key stands for its newest version.")
    private String meant = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Reach reach = folder.reach(false)) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            FileStory story = new StoryReader(pipeline).read(new FileLookup(pipeline).find(meant));
            if (json) {
                System.out.println(FileStoryJson.of(story));
            } else {
                FileStoryText.print(story, System.out);
            }
            return ExitCode.of(story.file());
        }
    }
}
