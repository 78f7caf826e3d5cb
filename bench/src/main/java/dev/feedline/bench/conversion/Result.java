package dev.feedline.bench.conversion;

import dev.feedline.bench.Runs;

/// What an engine's runs of one cell took.
///
/// @param cell its name, and `warm` or `fresh`
/// @param inMegabytes of JSON
record Result(
        String cell,
        String engine,
        double inMegabytes,
        Runs wallSeconds,
        Runs cpuSeconds,
        double peakMegabytes,
        double outMegabytes) {
    String figure(String what) {
        return name() + ", " + engine + ", " + what;
    }

    /// Of the cell, with its size.
    String name() {
        return Math.round(inMegabytes) + " MB " + cell;
    }
}
