package dev.feedline.app.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `source <(feedline completion bash)`
@Command(
        name = "completion",
        description = {
            "Print a script that completes feedline's commands and options in a shell.",
            "bash and zsh: source <(feedline completion bash)   fish: feedline completion fish | source"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    /// The shells there is a script for, spelled as people type them.
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Override
    public Integer call() {
        CommandLine feedline = FeedlineCommand.whole();
        System.out.println(
                switch (shell) {
                    // The script turns zsh's own compatibility with bash's completion on.
                    case bash, zsh -> AutoComplete.bash("feedline", feedline);
                    case fish -> FishCompletion.of(feedline);
                });
        return ExitCode.BALANCED;
    }
}
