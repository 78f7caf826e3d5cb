package dev.feedline.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What one measurement found, printed as it comes and kept as one JSON object:
/// `{run, date, commit, command, machine{}, load{}, versions{}, figures{}, ratios{}, notes[]}`.
public final class Report {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String name;
    private final PrintStream out;
    private final ObjectNode json;
    private final Map<String, Runs> figures = new LinkedHashMap<>();

    private Report(String name, PrintStream out, ObjectNode json) {
        this.name = name;
        this.out = out;
        this.json = json;
    }

    /// Says where and when the measurement runs.
    static Report begin(String name, Path home, PrintStream out) throws IOException, InterruptedException {
        ObjectNode json = JSON.createObjectNode();
        Machine machine = Machine.here(home);
        Map<String, String> versions = Versions.of(home);
        json.put("run", name)
                .put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("commit", Versions.commit(home))
                .put("command", System.getProperty("feedline.command", name));
        json.putObject("machine")
                .put("cpu", machine.cpu())
                .put("cores", machine.cores())
                .put("memoryBytes", machine.memoryBytes())
                .put("system", machine.system())
                .put("fileSystem", machine.fileSystem());
        json.putObject("load").put("before", Machine.load());
        ObjectNode kept = json.putObject("versions");
        versions.forEach(kept::put);
        json.putObject("figures");
        json.putObject("ratios");
        json.putArray("notes");
        Report report = new Report(name, out, json);
        out.println(json.path("command").asString() + "  " + json.path("date").asString() + "  Feedline "
                + json.path("commit").asString());
        out.println(machine);
        out.println("versions: " + versions);
        out.println("load average before: " + json.path("load").path("before").asString());
        return report;
    }

    /// A line for people, which is kept, too.
    public void note(String words) {
        json.withArray("notes").add(words);
        out.println(words);
    }

    /// A line for people who wait.
    public void progress(String words) {
        out.println("… " + words);
    }

    public Runs figure(String what, Runs runs) {
        figures.put(what, runs);
        ObjectNode kept = json.withObject("/figures").putObject(what);
        kept.put("unit", runs.unit())
                .put("min", runs.min())
                .put("median", runs.median())
                .put("p99", runs.percentile(99))
                .put("max", runs.max());
        var values = kept.putArray("runs");
        runs.values().forEach(values::add);
        out.println(what + ": " + runs);
        return runs;
    }

    /// The median of one figure over the median of another, its peer.
    public void ratio(String what, String figure, String peer) {
        double ratio = median(figure) / median(peer);
        json.withObject("/ratios").put(what, ratio);
        out.println(what + ": " + Runs.number(ratio) + "  (" + figure + " ÷ " + peer + ", medians)");
    }

    private double median(String what) {
        return Optional.ofNullable(figures.get(what))
                .orElseThrow(() -> new IllegalArgumentException(what + " was not measured"))
                .median();
    }

    /// Writes `NAME.json` and says where it is.
    void finish(Path folder) throws IOException {
        json.withObject("/load").put("after", Machine.load());
        out.println("load average after: " + json.path("load").path("after").asString());
        Path file = Files.createDirectories(folder).resolve(name + ".json");
        Files.writeString(file, JSON.writeValueAsString(json) + "\n");
        out.println("kept in " + file);
    }
}
