package dev.feedline.app;

import dev.feedline.app.command.FeedlineCommand;

/// The `feedline` command's entry.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(FeedlineCommand.run(arguments));
    }
}
