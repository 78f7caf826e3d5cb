package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the README work when they are typed one after the other in a fresh folder, with the genuine `aws`
/// and boto3. Only the build itself is left out, because it is what runs this test.
@Tag("proof")
class DocumentedCommandsProofTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final List<String> BUILD = List.of("./mvnw ", ".ci/run");

    /// A fenced block: what language it says it is in, and its lines.
    private record Block(String language, String text) {
        /// The picture of the pipeline is fenced, too.
        boolean isPicture() {
            return text.contains("─▶");
        }
    }

    @Test
    void theReadmeCanBeTypedInFromTopToBottom(@TempDir Path folder) throws Exception {
        StringBuilder script = new StringBuilder("set -u\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n");
        List<Block> blocks = blocks("README.md");
        assertThat(blocks.stream().filter(block -> !block.isPicture())).hasSizeGreaterThan(3);
        for (Block block : blocks) {
            if (block.language().equals("python")) {
                Files.writeString(folder.resolve("readme.py"), block.text());
                script.append(step("python3 readme.py"));
            } else if (!block.isPicture()) {
                block.text()
                        .lines()
                        .filter(line -> !line.isBlank() && !isBuild(line))
                        .forEach(line -> script.append(step(line)));
            }
        }
        Files.createSymbolicLink(folder.resolve("examples"), HOME.resolve("examples"));
        program(folder.resolve("feedline"));
        assertThat(bash(
                        folder,
                        script.append("echo; echo all commands worked\n").toString()))
                .contains("\nall commands worked\n");
    }

    @Test
    void everyFeedlineCommandInThePagesIsOne() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String page : List.of("README.md", "CONTRIBUTING.md")) {
            blocks(page)
                    .forEach(block -> block.text()
                            .lines()
                            .filter(line -> line.startsWith("./feedline "))
                            .forEach(lines::add));
        }
        assertThat(lines).hasSizeGreaterThan(6);
        for (String line : lines) {
            String command = line.split(" {2,}| &| #")[0].substring("./feedline ".length());
            FeedlineCommand.whole().parseArgs(words(command));
        }
    }

    /// One line as a person types it, who waits for the server and for the file as a person would.
    private static String step(String line) {
        String said = "echo; echo '$ " + line.replace("'", "'\\''") + "'\n";
        if (line.endsWith("&")) {
            return said + line + "\nuntil [ -f .feedline/server.json ]; do sleep 0.2; done\n";
        }
        if (line.equals("./feedline files")) {
            return said
                    + "until ./feedline files | tee files.txt | grep -q BALANCED; do sleep 0.5; done; cat files.txt\n";
        }
        String allowed = line.startsWith("./feedline put") || line.startsWith("./feedline balance") ? "0|3" : "0";
        return said + line + "\ncode=$?; case $code in " + allowed
                + ") ;; *) echo \"exit code $code\"; exit 1;; esac\n";
    }

    private static boolean isBuild(String line) {
        return BUILD.stream().anyMatch(line::startsWith);
    }

    private static List<Block> blocks(String page) throws IOException {
        return BLOCK.matcher(Files.readString(HOME.resolve(page)))
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
    }

    /// Words as a shell splits them, double quotes taken.
    private static String[] words(String command) {
        return Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(command)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toArray(String[]::new);
    }

    /// `feedline` without its build, and on a free port: 4566 may be somebody's.
    private static void program(Path file) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                file,
                "#!/bin/sh\n[ \"$1\" = up ] && set -- \"$@\" --port " + port + "\nexec " + java
                        + " -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dfeedline.home="
                        + HOME
                        + " -cp '" + System.getProperty("java.class.path") + "' dev.feedline.app.Main \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String bash(Path folder, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
