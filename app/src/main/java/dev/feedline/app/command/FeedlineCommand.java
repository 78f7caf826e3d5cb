package dev.feedline.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `feedline` command with its subcommands.
@Command(
        name = "feedline",
        description = "Customer feed files in, warehouse rows out, every row accounted for.",
        mixinStandardHelpOptions = true,
        version = "Feedline 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            PutCommand.class,
            FilesCommand.class,
            FileCommand.class,
            BalanceCommand.class,
            QuarantineCommand.class,
            SqlCommand.class,
            EnvCommand.class,
            DoctorCommand.class
        })
public final class FeedlineCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Runs the command and returns its exit code; see [ExitCode].
    public static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new FeedlineCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        System.console() != null && System.console().isTerminal() ? Ansi.AUTO : Ansi.OFF))
                .setExecutionExceptionHandler((failure, line, parsed) -> fail(failure, line));
        return commandLine.execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do; `feedline demo` is a good begin.");
    }

    private static int fail(Exception failure, CommandLine line) {
        if (System.getenv("FEEDLINE_STACKTRACE") != null) {
            failure.printStackTrace(line.getErr());
        }
        line.getErr().println("feedline: " + message(failure));
        return ExitCode.ERROR;
    }

    private static String message(Exception failure) {
        if (failure instanceof UncheckedIOException && failure.getCause() instanceof IOException cause) {
            return message(cause);
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }
}
