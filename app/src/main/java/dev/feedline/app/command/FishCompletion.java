package dev.feedline.app.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A completion script for fish, made of the command's own model: picocli makes none.
///
/// Each line is a `complete` with the condition under which it holds: which subcommands have been typed.
final class FishCompletion {
    private FishCompletion() {}

    static String of(CommandLine feedline) {
        List<String> lines = new ArrayList<>(List.of("complete -c feedline -f"));
        add(feedline, List.of(), lines);
        return String.join("\n", lines);
    }

    private static void add(CommandLine command, List<String> path, List<String> lines) {
        Map<String, CommandLine> subcommands = command.getSubcommands();
        String here = condition(path, subcommands);
        subcommands.forEach((name, subcommand) ->
                lines.add("complete -c feedline -n " + here + " -a " + name + " -d " + quoted(first(subcommand))));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                lines.add(option(option, here));
            }
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            if (parameter.completionCandidates() != null) {
                parameter
                        .completionCandidates()
                        .forEach(candidate -> lines.add("complete -c feedline -n " + here + " -a " + candidate));
            } else if (parameter.type() == java.nio.file.Path.class) {
                lines.add("complete -c feedline -n " + here + " -F");
            }
        }
        subcommands.forEach((name, subcommand) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            add(subcommand, deeper, lines);
            if (subcommand.getCommand() instanceof CommandLine.HelpCommand) {
                addTopics(name, subcommands, lines);
            }
        });
    }

    /// `help` is followed by one of the commands beside it, which is no subcommand of its own.
    private static void addTopics(String help, Map<String, CommandLine> beside, List<String> lines) {
        Map<String, CommandLine> topics = new LinkedHashMap<>(beside);
        topics.remove(help);
        String here = quoted("__fish_seen_subcommand_from " + help + "; and not __fish_seen_subcommand_from "
                + String.join(" ", topics.keySet()));
        topics.forEach((name, topic) ->
                lines.add("complete -c feedline -n " + here + " -a " + name + " -d " + quoted(first(topic))));
    }

    /// All of the path has been typed, and none of the subcommands that would lead on.
    private static String condition(List<String> path, Map<String, CommandLine> subcommands) {
        List<String> conditions = new ArrayList<>();
        path.forEach(name -> conditions.add("__fish_seen_subcommand_from " + name));
        if (!subcommands.isEmpty()) {
            conditions.add("not __fish_seen_subcommand_from " + String.join(" ", subcommands.keySet()));
        }
        return conditions.isEmpty() ? "true" : quoted(String.join("; and ", conditions));
    }

    private static String option(OptionSpec option, String here) {
        String names = java.util.Arrays.stream(option.names())
                .map(name -> name.startsWith("--")
                        ? "-l " + name.substring(2)
                        : (name.length() == 2 ? "-s " : "-o ") + name.substring(1))
                .collect(Collectors.joining(" "));
        boolean takesValue = option.arity().max() > 0;
        boolean takesPath = option.type() == java.nio.file.Path.class;
        String value = takesValue ? (takesPath ? " -r -F" : " -x") : "";
        String description = option.description().length == 0 ? "" : option.description()[0];
        return "complete -c feedline -n " + here + " " + names + value + " -d " + quoted(description);
    }

    private static String first(CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
