package dev.feedline.feeds.sim;

import dev.feedline.convert.Safety;
import dev.feedline.feeds.FileState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the pipeline under the faults that a seed decides, lets the sweep finish it, and compares.
///
/// As a command: [#COMMAND] with `-Dfeedline.seeds=100000` prints how often it crashed at every point, writes its
/// report, and fails when a run was wrong or a point was never crashed at.
final class PipelineSimulation {
    /// In one run of so many a value is changed on its way.
    static final int DAMAGING = 20;

    static final String COMMAND =
            "./mvnw -Dquick test -pl feeds -am -Dtest=PipelineSimTest" + " -Dsurefire.failIfNoSpecifiedTests=false";

    private static final String REPLAY = COMMAND + " -Dfeedline.seed=";

    private final Safety safety;
    private final boolean ignoreIfNoneMatch;
    private final Map<String, Integer> crashes = new TreeMap<>();
    private final Map<String, Integer> states = new TreeMap<>();
    private long runs;
    private long nanos;
    private final Map<String, Integer> passed = new TreeMap<>();

    PipelineSimulation() {
        this(Safety.FULL, false);
    }

    PipelineSimulation(Safety safety, boolean ignoreIfNoneMatch) {
        this.safety = safety;
        this.ignoreIfNoneMatch = ignoreIfNoneMatch;
    }

    /// How often a run was crashed at each point.
    Map<String, Integer> crashes() {
        return crashes;
    }

    /// How often a run went past each point.
    Map<String, Integer> passed() {
        return passed;
    }

    /// One run.
    ///
    /// @throws AssertionError with the seed and the command that replays it
    void run(long seed) {
        long start = System.nanoTime();
        Chaos chaos = new Chaos(seed, ignoreIfNoneMatch);
        SimWorld world = new SimWorld(chaos, safety, seed % DAMAGING == 0);
        try {
            List<String> faults = run(chaos, world);
            if (!faults.isEmpty()) {
                throw new AssertionError(String.join("\n", faults));
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e + "\nreplay with: " + REPLAY + seed + "\n" + world.inventory(), e);
        } finally {
            runs++;
            nanos += System.nanoTime() - start;
            chaos.crashes().forEach((point, count) -> crashes.merge(point, count, Integer::sum));
            chaos.passed().forEach((point, count) -> passed.merge(point, count, Integer::sum));
        }
    }

    private List<String> run(Chaos chaos, SimWorld world) throws IOException {
        int uploads = 1 + chaos.random().nextInt(4);
        int turns = 10 + chaos.random().nextInt(60);
        for (int i = 0; i < turns; i++) {
            if (i * uploads / turns >= world.uploads.size()) {
                world.upload(SimFeed.generate(chaos.random()));
            }
            world.turn();
        }
        world.settle();
        List<FileState> files = world.files();
        files.forEach(
                file -> states.merge(file.state() + (file.quarantined() > 0 ? " with bad rows" : ""), 1, Integer::sum));
        return new Oracle(world).faults(files);
    }

    /// The same in few numbers, for a report.
    Map<String, Number> counts() {
        Map<String, Number> counts = new LinkedHashMap<>();
        counts.put("seeds, from 0 on", runs);
        states.forEach((state, files) -> counts.put("files " + state, files));
        counts.put("points to crash at", passed.size());
        counts.put(
                "crashes",
                crashes.values().stream().mapToLong(Integer::longValue).sum());
        counts.put(
                "crashes at the point with the fewest",
                passed.keySet().stream()
                        .mapToInt(point -> crashes.getOrDefault(point, 0))
                        .min()
                        .orElse(0));
        counts.put("ms", nanos / 1_000_000);
        return counts;
    }

    /// How the files ended, and how often every point was gone past and crashed at.
    String summary() {
        StringBuilder text = new StringBuilder("%d runs, %d ms%n".formatted(runs, nanos / 1_000_000));
        states.forEach((state, files) -> text.append("%-32s %10d files%n".formatted(state, files)));
        text.append("%-32s %10s %10s%n".formatted("point", "passed", "crashed"));
        passed.forEach((point, count) ->
                text.append("%-32s %10d %10d%n".formatted(point, count, crashes.getOrDefault(point, 0))));
        return text.toString();
    }
}
