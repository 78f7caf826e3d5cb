package dev.feedline.app.command;

import dev.feedline.app.Feedline;
import dev.feedline.app.FeedlineSettings;
import dev.feedline.app.spark.SparkHome;
import dev.feedline.feeds.definition.ConvertChoice;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.kernel.ForceFailedException;
import dev.feedline.kernel.StoreException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `feedline up`: serve until SIGTERM.
@Command(
        name = "up",
        description = "Serve the AWS and Snowflake endpoints on one port, until stopped.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Override
    public Integer call() throws Exception {
        Definition definition = folder.definition();
        fetchSpark(definition, System.err::println);
        FeedlineSettings settings = FeedlineSettings.of(folder.data, definition, UpCommand::stopAtOnce)
                .at(folder.host, folder.portOr(FolderOptions.STANDARD_PORT));
        CountDownLatch stopped = new CountDownLatch(1);
        Feedline feedline = Feedline.start(settings);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            feedline.close();
            stopped.countDown();
        }));
        System.out.println("Feedline is ready at " + feedline.server().endpoint());
        System.out.flush();
        stopped.await();
        return ExitCode.BALANCED;
    }

    /// Has Spark ready before a feed needs it; once it is there this takes no time and no network.
    static void fetchSpark(Definition definition, Consumer<String> telling) throws IOException {
        SparkHome home = SparkHome.standard();
        for (Feed feed : definition.feeds().values()) {
            if (feed.convert() instanceof ConvertChoice.Spark spark) {
                home.installed(spark.master().orElse("local[*]"), telling);
            }
        }
    }

    /// One reason is given: whoever fails of the same fault waits here for the end.
    static synchronized void stopAtOnce(Exception failure) {
        System.err.println("feedline: " + reason(failure).getMessage());
        Runtime.getRuntime().halt(ExitCode.DISK_FAILED);
    }

    /// What the disk or the store said, without what the services around it made of it.
    private static Throwable reason(Exception failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof StoreException || at instanceof ForceFailedException) {
                return at;
            }
        }
        return failure;
    }
}
