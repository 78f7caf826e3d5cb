package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.TestingFeedline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Commands, as processes of their own, that are stopped or whose reader goes away.
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppedCommandProofTest {
    private static final int STOPPED_BY_SIGTERM = 143;
    private static final int STOPPED_BY_SIGINT = 130;

    private Path folder;
    private TestingFeedline feedline;

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        folder = temp.resolve("data");
        feedline = TestingFeedline.start(folder, "feeds:\n  slow: { buffer: { interval: 10m } }\n  quick: {}\n");
    }

    @AfterAll
    void stop() {
        feedline.close();
    }

    @Test
    void whoeverStopsWaitingIsToldThatTheFileGoesOn(@TempDir Path temp) throws Exception {
        Path rows = Files.writeString(temp.resolve("rows.jsonl"), "{\"id\":1}\n");
        Process put = process("exec ", "put", rows.toString(), "slow", "--wait", "--data", folder.toString());
        BufferedReader said = new BufferedReader(new InputStreamReader(put.getErrorStream(), UTF_8));
        String line = said.readLine();
        while (line != null && !line.contains("ingest")) { // it waits, once it shows the stages
            line = said.readLine();
        }
        assertThat(line).isNotNull();
        put.toHandle().destroy(); // SIGTERM, its streams stay open; Ctrl-C runs the same hook
        assertThat(said.lines().collect(Collectors.joining("\n")))
                .contains("feedline: no longer waiting. slow/rows.jsonl is uploaded and goes on by itself;"
                        + " `feedline file slow/rows.jsonl` shows where it stands.")
                .doesNotContain("\tat ");
        assertThat(put.waitFor()).isEqualTo(STOPPED_BY_SIGTERM);
        assertThat(feedline.pipeline().files()).anyMatch(file -> file.key().equals("slow/rows.jsonl"));
    }

    @Test
    void ctrlCEndsAnyCommandWith130AndLeavesNothingBehind(@TempDir Path temp) throws Exception {
        Path rows = Files.writeString(temp.resolve("rows.jsonl"), "{\"id\":1}\n");
        Path slow = Files.writeString(
                temp.resolve("slow.yaml"), "feeds:\n  slow: { buffer: { interval: 10m } }\n  orders: {}\n");
        Path own = temp.resolve("own");
        interrupt("Feedline is ready at", "up", "--port", "0", "--data", own.toString());
        assertThat(own.resolve("server.json")).doesNotExist();
        interrupt("ingest", "put", rows.toString(), "slow", "--wait", "--data", own.toString(), "-f", slow.toString());
        assertThat(own.resolve("server.json")).doesNotExist();
        interrupt("Feedline is ready at", "demo");
        interrupt("orders/orders.jsonl: uploaded", "demo", "--keep");
        interrupt(
                "NUMBER",
                "sql",
                "SELECT SEQ4() AS NUMBER FROM TABLE(GENERATOR(ROWCOUNT => 3000000))",
                "--data",
                folder.toString());
    }

    /// Types Ctrl-C when the command has said the word.
    private static void interrupt(String word, String... arguments) throws Exception {
        Path temporary = Files.createTempDirectory("stopped");
        List<String> words =
                new ArrayList<>(List.of("env", "--default-signal=INT")); // a build in the background has none
        words.addAll(java(
                "-Djava.io.tmpdir=" + temporary,
                "-Dfeedline.home=" + Path.of("..").toAbsolutePath().normalize()));
        words.addAll(Arrays.asList(arguments));
        Process command = new ProcessBuilder(words).redirectErrorStream(true).start();
        command.getOutputStream().close();
        BufferedReader said = new BufferedReader(new InputStreamReader(command.getInputStream(), UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            if (line.contains(word)) {
                break;
            }
        }
        assertThat(lines)
                .as("what it said before it was stopped")
                .last()
                .asString()
                .contains(word);
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(command.pid()))
                        .start()
                        .waitFor())
                .isZero();
        String rest = said.lines().collect(Collectors.joining("\n"));
        assertThat(command.waitFor()).as(rest).isEqualTo(STOPPED_BY_SIGINT);
        assertThat(rest).doesNotContain("\tat ", "ERROR", "WARN", "Exception");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).as("temporary files").isEmpty();
        }
        Files.delete(temporary);
    }

    @Test
    void aReaderThatGoesAwayEndsTheCommandWithoutAWord() throws Exception {
        feedline.put("quick/many.jsonl", "{\"id\":1}\n".repeat(20_000).getBytes(UTF_8));
        Process sql = process("", "sql", "SELECT * FROM FEEDLINE.RAW.QUICK", "--data", folder.toString(), "| head -1");
        assertThat(new String(sql.getInputStream().readAllBytes(), UTF_8))
                .startsWith("_FILE_ID")
                .hasLineCount(1);
        assertThat(new String(sql.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(sql.waitFor()).isZero();
    }

    /// Runs the command through bash; an argument that begins with `|` stays a pipe.
    private static Process process(String before, String... arguments) throws IOException {
        List<String> words = java();
        words.addAll(Arrays.asList(arguments));
        String line = words.stream()
                .map(word -> word.startsWith("| ") ? word : "'" + word + "'")
                .collect(Collectors.joining(" "));
        Process process = new ProcessBuilder("bash", "-c", before + line).start();
        process.getOutputStream().close();
        return process;
    }

    private static List<String> java(String... options) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        words.addAll(Arrays.asList(options));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.feedline.app.Main"));
        return words;
    }
}
