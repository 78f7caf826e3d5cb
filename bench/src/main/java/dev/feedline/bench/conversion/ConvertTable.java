package dev.feedline.bench.conversion;

import dev.feedline.bench.Report;
import dev.feedline.bench.Runs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// All cells beside each other: in each ours, its peers, and how many times our time the best of
/// them took.
final class ConvertTable {
    private static final String WALL = "wall";
    private static final String CPU = "processor time";

    private final List<String> lines = new ArrayList<>();

    ConvertTable() {
        lines.add(
                "| cell | engine | wall s | CPU s (min to max) | MB per CPU s | peak MB | out MB | CPU ÷ ours | CPU ÷ floor |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
    }

    /// Takes a cell's results, ours first, and the floor where it was measured.
    void add(List<Result> results, Optional<Floor> floor, Report report) {
        Result ours = results.getFirst();
        for (Result result : results) {
            report.figure(result.figure(WALL), result.wallSeconds());
            report.figure(result.figure(CPU), result.cpuSeconds());
            report.figure(result.figure("peak memory"), Runs.of("MB", result.peakMegabytes()));
            report.figure(result.figure("output"), Runs.of("MB", result.outMegabytes()));
            lines.add(line(result, ours, floor));
        }
        if (results.size() > 1) {
            best(results, ours, CPU, Result::cpuSeconds, report);
            best(results, ours, WALL, Result::wallSeconds, report);
        }
    }

    private static void best(
            List<Result> results, Result ours, String what, Function<Result, Runs> runs, Report report) {
        Result best = results.stream()
                .skip(1)
                .min(Comparator.comparingDouble(result -> runs.apply(result).median()))
                .orElseThrow();
        report.ratio(ours.name() + ", " + what + " of the best peer beside ours", best.figure(what), ours.figure(what));
    }

    private static String line(Result result, Result ours, Optional<Floor> floor) {
        Runs cpu = result.cpuSeconds();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f (%.2f to %.2f) | %.0f | %.0f | %.1f | %.2f | %s |",
                result.name(),
                result.engine(),
                result.wallSeconds().median(),
                cpu.median(),
                cpu.min(),
                cpu.max(),
                result.inMegabytes() / cpu.median(),
                result.peakMegabytes(),
                result.outMegabytes(),
                cpu.median() / ours.cpuSeconds().median(),
                floor.filter(under -> under.seconds() > 0) // of a file too small to be measured
                        .map(under -> String.format(Locale.ROOT, "%.2f", cpu.median() / under.seconds()))
                        .orElse(""));
    }

    void print(Report report) {
        lines.forEach(report::note);
    }
}
