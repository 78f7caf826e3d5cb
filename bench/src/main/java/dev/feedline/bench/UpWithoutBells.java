package dev.feedline.bench;

import dev.feedline.app.Feedline;
import dev.feedline.app.FeedlineSettings;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.kernel.Bell;
import java.nio.file.Path;

/// `feedline up` with bells that never ring: what is left is polling. Nobody but a measurement wants that.
final class UpWithoutBells {
    private UpWithoutBells() {}

    public static void main(String[] arguments) throws Exception {
        FeedlineSettings settings = FeedlineSettings.of(
                Path.of(arguments[0]),
                DefinitionReader.read(Path.of(arguments[1])),
                failure -> Runtime.getRuntime().halt(70));
        Feedline feedline = Feedline.start(settings.with(Bell.silent()));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(feedline::close));
        System.out.println("Feedline is ready at " + feedline.server().endpoint());
        System.out.flush();
        Thread.currentThread().join();
    }
}
