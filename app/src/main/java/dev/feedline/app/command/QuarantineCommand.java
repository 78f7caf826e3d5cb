package dev.feedline.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `feedline quarantine …`: the rows that were judged bad.
@Command(
        name = "quarantine",
        description = "The bad rows: what is wrong with them, and where they stand.",
        mixinStandardHelpOptions = true,
        subcommands = {QuarantineListCommand.class, QuarantineShowCommand.class})
final class QuarantineCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the quarantine: list or show");
    }
}
