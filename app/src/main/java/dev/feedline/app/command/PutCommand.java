package dev.feedline.app.command;

import dev.feedline.app.Journey;
import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.Upload;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `feedline put FILE FEED`
@Command(
        name = "put",
        description = {
            "Upload a feed file. With --wait show its way through the stages and end with its balance:",
            "exit 0 balanced, 3 with quarantined rows, 4 unbalanced, held or failed, 5 timed out."
        },
        mixinStandardHelpOptions = true)
final class PutCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to upload.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "FEED",
            description = "Its feed; created with the defaults when there is none.")
    private String feed = "";

    @Option(names = "--wait", description = "Wait until the file is settled.")
    private boolean wait;

    @Option(names = "--json", description = "Print the file's balance as one JSON object.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "How long --wait waits (default: 900).")
    private long timeoutSeconds = 900;

    @Override
    public Integer call() throws Exception {
        if (!Names.isFeed(feed)) {
            throw new IOException(
                    "'" + feed + "' is no feed name: use a lower-case letter, then lower-case letters, digits"
                            + " and _ (at most 40).");
        }
        Explanation.requireFile(file, "what is uploaded");
        try (Reach reach = folder.reach(true)) {
            RemotePipeline pipeline = RemotePipeline.of(reach);
            pipeline.ensureFeed(folder.definition(), feed);
            String key = feed + "/" + file.getFileName();
            Progress progress = new Progress(System.err);
            long size = Files.size(file);
            String version = new Upload(reach.s3(), reach.buckets().source(), sent -> progress.upload(key, sent, size))
                    .put(file, key);
            progress.finish(key + ": uploaded, " + size + " bytes");
            // A pipeline of our own ends with us, so the file must be settled before.
            return wait || reach.isOwn() ? settle(pipeline, key, version, progress, reach.isOwn()) : ExitCode.BALANCED;
        }
    }

    private int settle(RemotePipeline pipeline, String key, String version, Progress progress, boolean own)
            throws Exception {
        Thread farewell = Thread.ofPlatform().unstarted(() -> sayWhatGoesOn(key, progress, own));
        Runtime.getRuntime().addShutdownHook(farewell);
        Optional<FileState> settled =
                Journey.of(pipeline, feed, key, version).await(Duration.ofSeconds(timeoutSeconds), progress::stages);
        Runtime.getRuntime().removeShutdownHook(farewell);
        progress.finish("");
        if (settled.isEmpty()) {
            System.err.println("feedline: " + key + " is not settled after " + timeoutSeconds + " s; `feedline file "
                    + key + "` shows where it stands.");
            return ExitCode.TIMED_OUT;
        }
        if (json) {
            System.out.println(FilesTable.object(settled.get()));
        } else {
            FilesTable.table(List.of(settled.get()), System.out);
        }
        return ExitCode.of(settled.get());
    }

    /// Ctrl-C ends the waiting and nothing else: what is uploaded is on disk.
    private static void sayWhatGoesOn(String key, Progress progress, boolean own) {
        progress.finish("");
        System.err.println("feedline: no longer waiting. " + key + " is uploaded and "
                + (own ? "goes on when a Feedline runs on this folder again" : "goes on by itself")
                + "; `feedline file "
                + key + "` shows where it stands.");
    }
}
