package dev.feedline.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// One measurement: it works in a folder of its own, and what it finds goes into a [Report].
@Command(mixinStandardHelpOptions = true)
public abstract class Measurement implements Callable<Integer> {
    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where to work; a new folder is made in it (default: the system's temporary folder).")
    private @Nullable Path parent;

    @Option(names = "--keep", description = "Keep the data when done.")
    private boolean keep;

    /// The name that `bench/run` knows it by, which is also its result file's.
    protected abstract String name();

    /// Measures; the folder is new and empty.
    protected abstract void measure(Path folder, Report report) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Path home = Path.of(System.getProperty("feedline.home", ".")).toAbsolutePath();
        Path folder = parent == null
                ? Files.createTempDirectory("feedline-bench-")
                : Files.createTempDirectory(Files.createDirectories(parent), "feedline-bench-");
        Report report = Report.begin(name(), home, System.out);
        try {
            measure(folder, report);
            report.finish(home.resolve("bench/target/results"));
        } finally {
            if (keep) {
                System.out.println("The data is in " + folder);
            } else {
                delete(folder);
            }
        }
        return 0;
    }

    /// Deletes a folder with all that is in it.
    static void delete(Path folder) throws java.io.IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
