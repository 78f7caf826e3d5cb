package dev.feedline.bench;

import dev.feedline.bench.conversion.ConvertMeasurement;
import dev.feedline.bench.kernel.KernelsMeasurement;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `bench/run NAME`: one measurement, run and reported.
@Command(
        name = "bench/run",
        description = "Measures Feedline on this machine and keeps the figures in bench/target/results/NAME.json.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            StartupMeasurement.class,
            LatencyMeasurement.class,
            HeadMeasurement.class,
            BigMeasurement.class,
            GzipMeasurement.class,
            ManyMeasurement.class,
            RowsMeasurement.class,
            WarehouseMeasurement.class,
            GlueMeasurement.class,
            ConvertMeasurement.class,
            KernelsMeasurement.class
        })
final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
