package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each shell, as people run it, completes what has been typed.
@Tag("proof")
class CompletionProofTest {
    /// What is typed, and what stands there after a Tab.
    private static final List<String[]> TYPED = List.of(
            new String[] {"feedline quar", "feedline quarantine"},
            new String[] {"feedline quarantine l", "feedline quarantine list"},
            new String[] {"feedline balance --de", "feedline balance --deep"},
            new String[] {"feedline completion z", "feedline completion zsh"},
            new String[] {"feedline put ro", "feedline put rows.jsonl"});

    /// An interactive shell on a pseudo terminal, for whose line editor Tab and a key that shows
    /// and clears the line are typed.
    private static final String ZSH = """
            zmodload zsh/zpty
            zpty inner env -i PATH=$PATH TERM=dumb zsh -f -i
            zpty -w inner "autoload -Uz compinit; compinit -D -u; source ${(q)1}
              show() { print -r -- \\"[\\$BUFFER]\\"; BUFFER=; zle -I }; zle -N show; bindkey '^X' show; PROMPT=go''on"
            zpty -r -m inner said '*goon*' || exit 1
            for line in "${@:2}"; do
              zpty -n -w inner "$line"$'\\t\\C-x'
              zpty -r -m inner said '*\\[*\\]*' || exit 1
              print -r -- "${${said##*\\[}%%\\]*}"
            done
            zpty -d inner
            """;

    /// As Tab does: the completion that is registered for the command is called on the words.
    /// `compopt` only works while a line is edited.
    private static final String BASH = """
            source "$1"
            compopt() { :; }
            registered=$(complete -p feedline)
            [[ $registered =~ -F\\ ([^ ]+) ]] || exit 1
            function=${BASH_REMATCH[1]}
            for line in "${@:2}"; do
              read -ra COMP_WORDS <<< "$line"
              COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line} COMPREPLY=()
              last=${COMP_WORDS[COMP_CWORD]}
              $function feedline "$last" "${COMP_WORDS[COMP_CWORD - 1]}"
              # readline completes file names when the function offers nothing and -o default is given
              if [ ${#COMPREPLY[@]} = 0 ] && [[ $registered == *"-o default"* ]]; then COMPREPLY=($(compgen -f "$last")); fi
              [ ${#COMPREPLY[@]} = 1 ] || exit 1
              echo "${line%"$last"}${COMPREPLY[0]}"
            done
            """;

    /// fish says itself what a Tab would offer.
    private static final String FISH = """
            source $argv[1]
            for line in $argv[2..-1]
              set -l candidates (complete -C "$line" | string replace -r '\\t.*' '')
              test (count $candidates) = 1; or exit 1
              echo (string replace -r '\\S*$' '' -- $line)$candidates
            end
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void aFileToComplete() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), "");
    }

    @Test
    void bashCompletes() throws Exception {
        complete("bash", List.of("bash", "--norc", "-c", BASH, "bash"), TYPED);
    }

    @Test
    void zshCompletes() throws Exception {
        complete("zsh", List.of("zsh", "-f", "-c", ZSH, "zsh"), TYPED);
    }

    @Test
    void fishCompletes() throws Exception {
        List<String[]> typed = new ArrayList<>(TYPED);
        typed.add(new String[] {"feedline help quar", "feedline help quarantine"});
        complete("fish", List.of("fish", "--no-config", "-c", FISH), typed);
    }

    private void complete(String shell, List<String> command, List<String[]> typed) throws Exception {
        require(shell);
        Path script = Files.writeString(
                folder.resolve("feedline." + shell),
                Ran.feedline("completion", shell).out());
        List<String> words = new ArrayList<>(command);
        words.add(script.toString());
        typed.forEach(line -> words.add(line[0]));
        assertThat(lines(words))
                .containsExactlyElementsOf(typed.stream().map(line -> line[1]).toList());
    }

    /// Blanks behind what was completed do not count: shells differ in them.
    private List<String> lines(List<String> command) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();
        String all = Files.readString(said, UTF_8);
        assertThat(ended).as(all).isTrue();
        assertThat(process.exitValue()).as(all).isZero();
        return all.lines().map(String::strip).toList();
    }

    /// Without the shell the test is aborted with the reason; with `CI=true` it fails.
    private static void require(String shell) {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, shell)));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(shell + " is on the PATH").isTrue();
        }
        assumeThat(there).as(shell + " is on the PATH").isTrue();
    }
}
