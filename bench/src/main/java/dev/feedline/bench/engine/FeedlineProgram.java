package dev.feedline.bench.engine;

import dev.feedline.app.command.FeedlineCommand;

/// `feedline convert`, again and again in one JVM.
final class FeedlineProgram {
    private FeedlineProgram() {}

    /// @param arguments those of `feedline`
    public static void main(String[] arguments) throws Exception {
        Turns.take(() -> {
            int code = FeedlineCommand.run(arguments);
            if (code != 0) {
                throw new IllegalStateException("feedline " + String.join(" ", arguments) + " ended with " + code);
            }
        });
    }
}
