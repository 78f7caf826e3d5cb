package dev.feedline.bench.conversion;

import dev.feedline.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The engines, ours first, on one cell after the other, run by run in turn.
final class Course {
    private final List<Engine> engines;
    private final Plan plan;
    private final Path folder;
    private final Report report;
    private final ConvertTable table = new ConvertTable();

    /// How often and in what processes.
    ///
    /// @param warmUp runs of a warm process that are not counted, at least 1, which starts it; none:
    ///     so many that compilers have seen enough
    /// @param runs that are counted
    /// @param warm whether there are processes that stay warm
    /// @param fresh whether there is a new process for each run, after one that is not counted
    record Plan(@Nullable Integer warmUp, int runs, boolean warm, boolean fresh) {
        // A JVM's better compiler is still at work in the seventh run of 500 MB: it compiles the outer
        // methods last.
        private static final long WARM_UP_BYTES = 4_000_000_000L;
        private static final int LEAST_WARM_UP = 3;
        private static final int MOST_WARM_UP = 10;

        Plan {
            if ((warmUp != null && warmUp < 1) || runs < 1) {
                throw new IllegalArgumentException("--runs and --warm-up are at least 1, not " + runs + ", " + warmUp);
            }
        }

        /// For a file of so many bytes.
        int warmUp(long bytes) {
            return warmUp == null
                    ? (int) Math.clamp(Math.ceilDiv(WARM_UP_BYTES, bytes), LEAST_WARM_UP, MOST_WARM_UP)
                    : warmUp;
        }
    }

    /// @param folder where everything is written
    Course(List<Engine> engines, Plan plan, Path folder, Report report) {
        this.engines = engines;
        this.plan = plan;
        this.folder = folder;
        this.report = report;
    }

    /// Measures a cell and returns what ours took, warm and then fresh.
    List<Result> measure(Cell cell, Optional<Floor> floor) throws Exception {
        List<Engine> able =
                engines.stream().filter(engine -> engine.takes(cell)).toList();
        List<Result> ours = new ArrayList<>();
        if (plan.warm()) {
            int warmUp = plan.warmUp(Files.size(cell.data().input()));
            report.progress(cell.name() + ", warm: " + warmUp + " + " + plan.runs() + " runs of " + able.size());
            List<Contestant> contestants = new ArrayList<>();
            try {
                for (Engine engine : able) {
                    contestants.add(Contestant.warm(engine, cell, folder));
                }
                inTurn(contestants, warmUp);
                ours.add(add(contestants, floor));
            } finally {
                for (Contestant contestant : contestants) {
                    contestant.close();
                }
            }
        }
        if (plan.fresh()) {
            report.progress(cell.name() + ", fresh: 1 + " + plan.runs() + " runs of " + able.size());
            List<Contestant> contestants = able.stream()
                    .map(engine -> Contestant.fresh(engine, cell, folder))
                    .toList();
            inTurn(contestants, 1);
            ours.add(add(contestants, floor));
        }
        return ours;
    }

    /// All cells beside each other.
    void printTable() {
        table.print(report);
    }

    private void inTurn(List<Contestant> contestants, int uncounted) throws Exception {
        for (int run = -uncounted; run < plan.runs(); run++) {
            for (Contestant contestant : contestants) {
                contestant.run(run >= 0);
            }
            if (run == -uncounted) {
                try (SameRows same = new SameRows(folder)) {
                    same.require(contestants);
                }
            }
        }
    }

    private Result add(List<Contestant> contestants, Optional<Floor> floor) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Contestant contestant : contestants) {
            results.add(contestant.result());
        }
        table.add(results, floor, report);
        return results.getFirst();
    }
}
