package dev.feedline.app.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `docs/command.md`: every command, option and exit code, made of picocli's own model.
final class CommandPage {
    private static final String BEGIN = """
            # The command

            Made from the command itself by `CommandPageTest`; `./mvnw -Dquick verify -pl app -am -Dtest=CommandPageTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dfeedline.write` writes it anew. `feedline COMMAND --help` says the same.

            ## Exit codes

            | code | what it says |
            |---|---|
            | 0 | done; where files are concerned, they balance and no row of them is bad |
            | 1 | failed; the last lines on standard error say what, where, why and what to do next |
            | 2 | the command line is wrong |
            | 3 | every row is accounted for, and some are in quarantine |
            | 4 | a file does not balance: it is not settled, unbalanced, held or failed, or `--deep` found it different or could not compare it |
            | 5 | the time was over before the file was settled |
            | 70 | the disk or a store has failed for good, and the server stopped at once |
            | 130, 143 | stopped by Ctrl-C or SIGTERM |

            With `FEEDLINE_STACKTRACE` set in the environment a failure prints its stack trace, too.
            Text from feeds is printed with its control characters made visible; `--json` is exact.
            """;

    private CommandPage() {}

    static String make() {
        StringBuilder page = new StringBuilder(BEGIN);
        CommandLine feedline = FeedlineCommand.whole();
        List<CommandSpec> commands = new ArrayList<>();
        collect(feedline, commands);
        for (CommandSpec command : commands) {
            add(command, page);
        }
        return page.toString();
    }

    private static void collect(CommandLine command, List<CommandSpec> commands) {
        command.getSubcommands().values().forEach(subcommand -> {
            commands.add(subcommand.getCommandSpec());
            collect(subcommand, commands);
        });
    }

    private static void add(CommandSpec command, StringBuilder page) {
        page.append("\n## ").append(command.qualifiedName());
        command.positionalParameters().forEach(parameter -> page.append(' ').append(label(parameter)));
        page.append("\n\n");
        page.append(String.join("\n", command.usageMessage().description()).replace("%n", "\n"))
                .append('\n');
        List<String> lines = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            lines.add("| `" + label(parameter) + "` | " + text(parameter.description()) + " |");
        }
        command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(option -> lines.add("| `" + names(option) + "` | " + text(option.description()) + " |"));
        if (!lines.isEmpty()) {
            page.append("\n| | |\n|---|---|\n").append(String.join("\n", lines)).append('\n');
        }
    }

    private static String names(OptionSpec option) {
        String names = String.join("`, `", new TreeSet<>(Arrays.asList(option.names())));
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private static String label(PositionalParamSpec parameter) {
        String label = parameter.paramLabel();
        if (parameter.hideParamSyntax()) {
            return label;
        }
        if (parameter.arity().max() > 1) {
            return "[" + label + "…]";
        }
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private static String text(String[] description) {
        return String.join(" ", description)
                .replace("${COMPLETION-CANDIDATES}", "`bash`, `zsh`, `fish`")
                .replace("%n", " ")
                .replace("|", "\\|");
    }
}
