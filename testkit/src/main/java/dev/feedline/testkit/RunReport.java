package dev.feedline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a reliability run found, as one line of JSON in `target/reliability/RUN.json` of the module that
/// runs it; `docs/reliability.md` is generated from such lines.
///
/// `{"run": …, "date": …, "commit": …, "command": …, "machine": …, "seeds": […], "counts": {…}, "failures": […]}`:
/// dates are UTC, counts are numbers by name in the order they were counted, failures are sentences; none is the aim.
public final class RunReport {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FOLDER = Path.of("target", "reliability");

    private final String run;
    private final String command;
    private final List<Long> seeds;
    private final Map<String, Double> counts = new LinkedHashMap<>();

    /// @param run what is run, in a word or two: the file's name
    /// @param command what someone types to run it again
    public RunReport(String run, String command, List<Long> seeds) {
        this.run = run;
        this.command = command;
        this.seeds = List.copyOf(seeds);
    }

    /// The command that runs a proof of `app` alone, with these options.
    public static String command(String test, String options) {
        return "./mvnw -Dquick -Pproof verify -pl app -am -Dtest=" + test + " -Dsurefire.failIfNoSpecifiedTests=false "
                + options;
    }

    public RunReport count(String name, double value) {
        counts.put(name, value);
        return this;
    }

    public RunReport count(Map<String, ? extends Number> several) {
        several.forEach((name, value) -> counts.put(name, value.doubleValue()));
        return this;
    }

    /// Adds the line to the run's file.
    public void write(List<String> failures) throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("run", run)
                .put("date", Instant.now().toString())
                .put("commit", git("rev-parse", "--short=12", "HEAD"))
                .put("command", command)
                .put("machine", machine());
        seeds.forEach(line.putArray("seeds")::add);
        ObjectNode counted = line.putObject("counts");
        counts.forEach((name, value) -> {
            if (value == Math.rint(value)) {
                counted.put(name, value.longValue());
            } else {
                counted.put(name, value);
            }
        });
        failures.forEach(line.putArray("failures")::add);
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve(run.replace(' ', '-') + ".json"),
                JSON.writeValueAsString(line) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String machine() {
        return "%d cores, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version().feature());
    }

    /// Empty outside a repository.
    private static String git(String... arguments) throws IOException {
        ProcessBuilder git = new ProcessBuilder("git");
        git.command().addAll(List.of(arguments));
        git.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = git.start();
            try (InputStream said = process.getInputStream()) {
                String commit = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? commit : "";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking git", e);
        }
    }
}
