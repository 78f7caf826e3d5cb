package dev.feedline.app.kills;

import dev.feedline.app.KillPoint;
import dev.feedline.feeds.FileState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run of the matrix has seen, or one epoch of it.
final class Findings {
    private final Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
    private final Map<KillPoint, Integer> points = new EnumMap<>(KillPoint.class);
    private final List<String> faults = new ArrayList<>();
    private final Map<CustomerFile, FileState> lastFiles = new HashMap<>();
    private int kills;
    private int killsInFlight;
    private int files;
    private int rows;
    private Duration longestBalancing = Duration.ZERO;

    /// Adds what an epoch has seen.
    synchronized void add(Findings epoch) {
        epoch.stages.forEach((stage, count) -> stages.merge(stage, count, Integer::sum));
        epoch.points.forEach((point, count) -> points.merge(point, count, Integer::sum));
        faults.addAll(epoch.faults);
        kills += epoch.kills;
        killsInFlight += epoch.killsInFlight;
        files += epoch.files;
        rows += epoch.rows;
        balancedAfter(epoch.longestBalancing);
    }

    void killed(Optional<KillPoint> point) {
        kills++;
        point.ifPresent(met -> points.merge(met, 1, Integer::sum));
    }

    /// The stages of the files that one kill met; none when all were balanced.
    void stages(List<Stage> met) {
        killsInFlight += met.isEmpty() ? 0 : 1;
        met.forEach(stage -> stages.merge(stage, 1, Integer::sum));
    }

    void balancedAfter(Duration sinceRestart) {
        longestBalancing = longestBalancing.compareTo(sinceRestart) < 0 ? sinceRestart : longestBalancing;
    }

    void files(Map<FileState, CustomerFile> balanced) {
        lastFiles.clear();
        balanced.forEach((state, file) -> {
            lastFiles.put(file, state);
            rows += (int) state.received();
        });
        files += balanced.size();
    }

    /// The balanced files of the epoch that was looked at last.
    Map<CustomerFile, FileState> lastFiles() {
        return lastFiles;
    }

    void fault(long seed, String what) {
        faults.add("seed " + seed + ": " + what);
    }

    List<String> faults() {
        return faults;
    }

    int kills() {
        return kills;
    }

    int killsInFlight() {
        return killsInFlight;
    }

    Duration longestBalancing() {
        return longestBalancing;
    }

    List<Stage> stagesWithoutKill() {
        List<Stage> without = new ArrayList<>(List.of(Stage.values()));
        without.removeAll(stages.keySet());
        without.remove(Stage.BALANCED);
        return without;
    }

    List<KillPoint> pointsNotMet() {
        List<KillPoint> without = new ArrayList<>(List.of(Life.POINTS));
        without.removeAll(points.keySet());
        return without;
    }

    synchronized Map<String, Number> counts() {
        Map<String, Number> counts = new LinkedHashMap<>();
        counts.put("kills", kills);
        counts.put("kills between upload and balance", killsInFlight);
        stages.forEach((stage, count) -> counts.put("stage " + stage, count));
        points.forEach((point, count) -> counts.put("point " + point, count));
        counts.put("files compared", files);
        counts.put("rows compared", rows);
        counts.put("longest until all balanced after the last restart, ms", longestBalancing.toMillis());
        counts.put("faults", faults.size());
        return counts;
    }
}
