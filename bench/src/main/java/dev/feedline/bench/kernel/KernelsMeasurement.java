package dev.feedline.bench.kernel;

import dev.feedline.bench.Measurement;
import dev.feedline.bench.Report;
import dev.feedline.bench.Runs;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bench/run kernels`: JMH over the inner loops.
@Command(
        name = "kernels",
        description = "The inner loops of reading JSON and writing Parquet, by JMH: the time a value takes.")
public final class KernelsMeasurement extends Measurement {
    private static final String ALL = "dev\\.feedline\\.bench\\.kernel\\.";

    @Parameters(
            arity = "0..*",
            paramLabel = "PATTERN",
            description = "Those whose class or name has it, for example number, ReadingKernels (default: all).")
    private List<String> patterns = List.of();

    @Option(names = "--forks", paramLabel = "N", defaultValue = "2", description = "JVMs for each (default: 2).")
    private int forks = 2;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Counted runs in each (default: 5).")
    private int runs = 5;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long a run is; it is preceded by as many that are not counted (default: 1).")
    private double seconds = 1;

    @Override
    protected String name() {
        return "kernels";
    }

    @Override
    protected void measure(Path folder, Report report) throws Exception {
        TimeValue time = TimeValue.milliseconds((long) (seconds * 1000));
        OptionsBuilder options = new OptionsBuilder();
        for (String pattern : patterns.isEmpty() ? List.of("") : patterns) {
            options.include(ALL + ".*" + pattern);
        }
        Options chosen = options.forks(forks)
                .warmupIterations(runs)
                .warmupTime(time)
                .measurementIterations(runs)
                .measurementTime(time)
                .jvmArgs(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(chosen).run()) {
            report.figure(name(result), new Runs(result.getPrimaryResult().getScoreUnit(), scores(result)));
        }
    }

    private static List<Double> scores(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(run -> run.getPrimaryResult().getScore())
                .toList();
    }

    /// The class, the method and what was chosen for it.
    private static String name(RunResult result) {
        String method = result.getParams().getBenchmark().replace("dev.feedline.bench.kernel.", "");
        return result.getParams().getParamsKeys().stream()
                .map(key -> " " + result.getParams().getParam(key))
                .reduce(method, String::concat);
    }
}
