package dev.feedline.glue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A driver process without Spark that keeps to the same agreement: a line of JSON on standard input, a
/// report at the end, and no life without Feedline. The "main class" says what it does.
public final class FakeDriver {
    private FakeDriver() {}

    public static void main(String[] none) throws Exception {
        System.out.println("warmed up");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        if (line == null) {
            Runtime.getRuntime().halt(3);
        }
        JsonNode run = JsonMapper.shared().readTree(line);
        if (run.has("podsOfRun")) {
            System.exit(removesPods(run) ? 0 : 1);
        }
        String does = run.path("mainClass").asString();
        Thread watch = new Thread(() -> haltAtEnd(in));
        watch.setDaemon(true);
        if (!does.equals("Outlive")) {
            watch.start();
        }
        switch (does) {
            case "Succeed" -> report(run, "SUCCEEDED", "");
            case "SeePodsGo" -> {
                Files.createFile(Path.of(run.path("podsGone").asString()));
                report(run, "SUCCEEDED", "");
            }
            case "Fail" -> report(run, "FAILED", "java.lang.IllegalStateException: the lake is dry");
            case "ExitInSilence" -> System.exit(7);
            case "SucceedAndExitBadly" -> {
                report(run, "SUCCEEDED", "");
                System.exit(4);
            }
            case "Wait", "Outlive" -> TimeUnit.DAYS.sleep(1);
            case "CommitAndWait" -> {
                commit(run);
                System.out.println("committed");
                TimeUnit.DAYS.sleep(1);
            }
            case "PrintMuch" -> {
                String text = "x".repeat(1023);
                for (int i = 0; i < 16 << 10; i++) {
                    System.out.println(text);
                }
                System.out.println("the last line");
                report(run, "SUCCEEDED", "");
            }
            default -> throw new IllegalArgumentException(does);
        }
    }

    /// Into the folder that the run's settings name.
    private static boolean removesPods(JsonNode line) throws IOException {
        Path folder = Path.of(line.path("conf").path("spark.test.pods").asString());
        if (Files.exists(folder.resolve("closed"))) {
            System.out.println("nobody answers");
            return false;
        }
        Files.writeString(
                folder.resolve(line.path("podsOfRun").asString()),
                line.path("master").asString());
        return true;
    }

    private static void haltAtEnd(BufferedReader in) {
        try {
            while (in.readLine() != null) {
                System.out.println("a second line?");
            }
        } catch (IOException e) {
            System.out.println(e);
        }
        Runtime.getRuntime().halt(3);
    }

    private static void report(JsonNode run, String state, String error) throws IOException {
        System.out.println(run);
        System.out.println("folder " + Path.of("").toAbsolutePath());
        System.out.println("files " + listing());
        System.out.println("key " + System.getenv("AWS_ACCESS_KEY_ID") + " home of Java " + System.getenv("JAVA_HOME"));
        ObjectNode report =
                JsonMapper.shared().createObjectNode().put("state", state).put("error", error);
        report.putObject("metrics").put("rows", 12).put("chunks", 3);
        commit(run);
        write(run.path("report"), report);
    }

    private static void commit(JsonNode run) throws IOException {
        JsonNode seen = run.path("bookmarks").path("state").path("orders").path("seen");
        ObjectNode states = JsonMapper.shared().createObjectNode();
        states.putObject("orders").put("seen", seen.asInt(0) + 1);
        write(run.path("commits"), states);
    }

    private static void write(JsonNode place, ObjectNode json) throws IOException {
        Path file = Path.of(place.asString());
        Files.createDirectories(file.getParent());
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), json.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String listing() throws IOException {
        try (var all = Files.walk(Path.of(""))) {
            return all.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList()
                    .toString();
        }
    }
}
