package dev.feedline.app.command;

import dev.feedline.app.Finally;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
            PreviewCommand.class,
            ConvertCommand.class,
            ValidateCommand.class,
            FilesCommand.class,
            FileCommand.class,
            BalanceCommand.class,
            QuarantineCommand.class,
            RunsCommand.class,
            SqlCommand.class,
            RebuildCommand.class,
            EnvCommand.class,
            DoctorCommand.class,
            CompletionCommand.class
        })
public final class FeedlineCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Runs the command and returns its exit code; see [ExitCode].
    public static int run(String... arguments) {
        CommandLine commandLine = named(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        System.console() != null && System.console().isTerminal() ? Ansi.AUTO : Ansi.OFF))
                .setParameterExceptionHandler(FeedlineCommand::refuse)
                .setExecutionExceptionHandler((failure, line, parsed) -> fail(failure, line));
        return commandLine.execute(arguments);
    }

    /// The command with all its subcommands, and picocli's own `help`.
    static CommandLine whole() {
        return new CommandLine(new FeedlineCommand()).addSubcommand(new CommandLine.HelpCommand());
    }

    /// The command with only the subcommand that is named first, when one is: reading them all costs a short command a
    /// third of its time.
    private static CommandLine named(String... arguments) {
        for (Class<?> subcommand :
                FeedlineCommand.class.getAnnotation(Command.class).subcommands()) {
            if (arguments.length > 0
                    && subcommand.getAnnotation(Command.class).name().equals(arguments[0])) {
                return new CommandLine(CommandSpec.create().name("feedline"))
                        .addSubcommand(new CommandLine(subcommand));
            }
        }
        return whole();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do; `feedline demo` is a good begin.");
    }

    private static int fail(Exception failure, CommandLine line) {
        if (Finally.isStopping()) {
            return ExitCode.ERROR; // nobody sees it: the signal's code is the process's
        }
        if (failure instanceof ReaderGoneException) {
            return ExitCode.BALANCED;
        }
        if (System.getenv("FEEDLINE_STACKTRACE") != null) {
            failure.printStackTrace(line.getErr());
        }
        line.getErr().println("feedline: " + Explanation.of(failure));
        return ExitCode.ERROR;
    }

    /// The fault and the nearest thing that is known, instead of the whole help.
    private static int refuse(ParameterException fault, String... arguments) {
        PrintWriter err = fault.getCommandLine().getErr();
        err.println("feedline: " + fault.getMessage());
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("See `" + fault.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
        return ExitCode.USAGE;
    }
}
