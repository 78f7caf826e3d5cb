package dev.feedline.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The pages about the command say what the command is.
class CommandPageTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = HOME.resolve("docs/command.md");

    @Test
    void thePageIsWhatTheCommandIs() throws IOException {
        if (System.getProperty("feedline.write") != null) {
            Files.writeString(PAGE, CommandPage.make());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/command.md; write it anew with -Dfeedline.write")
                .isEqualTo(CommandPage.make());
    }

    @Test
    void theReadmeNamesEveryCommandAndNoOther() throws IOException {
        List<String> named = Pattern.compile("`feedline ([a-z]+)[^`]*`")
                .matcher(Files.readString(HOME.resolve("README.md"))
                        .split("## The command")[1]
                        .split("\n## ")[0])
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        FeedlineCommand.whole().getSubcommands().keySet());
    }

    @Test
    void everyCommandAndOptionExplainsItself() {
        check(FeedlineCommand.whole());
    }

    private static void check(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(name)
                .isNotEmpty();
        command.getCommandSpec()
                .args()
                .forEach(argument -> assertThat(argument.description())
                        .as(name + " " + argument.paramLabel())
                        .isNotEmpty());
        assertThat(command.getUsageMessage()).as(name).contains("Usage: feedline");
        command.getSubcommands().values().forEach(CommandPageTest::check);
    }
}
