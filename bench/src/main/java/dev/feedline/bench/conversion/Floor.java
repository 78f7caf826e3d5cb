package dev.feedline.bench.conversion;

import dev.feedline.bench.Report;
import dev.feedline.bench.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The processor time below which no conversion of a cell's file comes: reading it, looking at each
/// byte, compressing the pages, each measured by itself on one core.
///
/// @param readSeconds reading alone, which is in `scanSeconds`, too
record Floor(double readSeconds, double scanSeconds, double compressSeconds) {
    private static final int WARM_UP = 3;

    /// Measures it; the pages are those of our own file, not compressed, in pieces of 1 MiB.
    static Floor of(Cell cell, Path home, Path folder, int runs, Report report)
            throws IOException, InterruptedException {
        Path pages = folder.resolve("pages.parquet");
        FeedlineEngine.pages(home, cell, pages);
        String name = cell.data().name() + " " + cell.codec().word() + " floor";
        double read = part("read", cell.data().input(), folder, runs, report, name + ", reading");
        double scan = part("scan", cell.data().input(), folder, runs, report, name + ", reading and looking");
        double compress = part(
                cell.codec().word(),
                pages,
                folder,
                runs,
                report,
                name + ", compressing " + Files.size(pages) / 1_000_000 + " MB");
        Files.delete(pages);
        return new Floor(read, scan, compress);
    }

    double seconds() {
        return scanSeconds + compressSeconds;
    }

    private static double part(String part, Path file, Path folder, int runs, Report report, String what)
            throws IOException {
        List<String> command = new ArrayList<>(JavaProgram.options(Path.of(JavaProgram.JAVA)));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.feedline.bench.engine.FloorProgram",
                part,
                file.toString()));
        List<Double> seconds = new ArrayList<>();
        try (WarmProcess process =
                new WarmProcess("floor", PinnedCores.command(1, command), folder.resolve("floor.log"))) {
            for (int run = -WARM_UP; run < runs; run++) {
                double cpu = process.run().cpuSeconds();
                if (run >= 0) {
                    seconds.add(cpu);
                }
            }
        }
        return report.figure(what, new Runs("s", seconds)).median();
    }
}
