package dev.feedline.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The completion scripts complete.
class CompletionTest {
    @TempDir
    private Path temp;

    @Test
    void bashCompletesCommandsSubcommandsAndOptions() throws Exception {
        Path script = Files.writeString(
                temp.resolve("feedline.bash"),
                Ran.feedline("completion", "bash").out());
        assertThat(bash("source " + script + "; complete -p feedline")).contains("_complete_feedline feedline");
        assertThat(completed(script, "feedline", "fil")).containsExactlyInAnyOrder("files", "file");
        assertThat(completed(script, "feedline", "quarantine", "")).contains("list", "show");
        assertThat(completed(script, "feedline", "balance", "--de")).containsExactly("--deep");
        assertThat(completed(script, "feedline", "completion", "")).contains("bash", "zsh", "fish");
    }

    @Test
    void zshTakesTheSameScriptWithItsOwnSwitch() {
        assertThat(Ran.feedline("completion", "zsh").out()).contains("bashcompinit");
    }

    @Test
    void fishHasALineForEachCommandAndOption() {
        List<String> lines = Ran.feedline("completion", "fish").out().lines().toList();
        assertThat(lines).allMatch(line -> line.startsWith("complete -c feedline"));
        assertThat(lines)
                .anyMatch(line -> line.contains("not __fish_seen_subcommand_from") && line.contains("-a balance "));
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("complete -c feedline -n '__fish_seen_subcommand_from balance' -l deep "));
        assertThat(lines)
                .anyMatch(line ->
                        line.contains("__fish_seen_subcommand_from quarantine; and") && line.contains("-a show "));
        assertThat(lines)
                .anyMatch(line -> line.contains("__fish_seen_subcommand_from help; and not __fish_seen_subcommand_from")
                        && line.contains("-a quarantine "));
        assertThat(lines).anyMatch(line -> line.contains("-l data -r -F"));
        assertThat(lines)
                .allMatch(line -> line.chars().filter(c -> c == '\'').count() % 2 == 0 || line.contains("\\'"));
    }

    /// What bash offers for the last of these words; `compopt` only works while a shell really completes.
    private List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        String list = String.join(
                " ",
                java.util.Arrays.stream(words).map(word -> "'" + word + "'").toList());
        return bash("source " + script + "; compopt() { :; }; COMP_WORDS=(" + list + "); COMP_CWORD="
                        + (words.length - 1)
                        + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; _complete_feedline"
                        + "; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .lines()
                .map(String::strip)
                .toList();
    }

    private static String bash(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "--norc", "-c", script)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
