package dev.feedline.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The figures of one thing that was measured several times.
///
/// @param unit `ms`, `MB/s`, `rows/s`, `MB`, …
/// @param values in the order they were taken; at least one
public record Runs(String unit, List<Double> values) {
    public Runs {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no run, no figure");
        }
    }

    public static Runs of(String unit, double... values) {
        return new Runs(unit, Arrays.stream(values).boxed().toList());
    }

    public double min() {
        return percentile(0);
    }

    public double median() {
        return percentile(50);
    }

    public double max() {
        return percentile(100);
    }

    /// The smallest value that at least `percent` of the values do not exceed; of an even number of values, the median
    /// is the mean of the middle two.
    double percentile(double percent) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        if (percent == 50 && n % 2 == 0) {
            return (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        }
        int rank = (int) Math.ceil(percent / 100 * n);
        return sorted[Math.clamp(rank - 1, 0, n - 1)];
    }

    /// The figures in one line, and every run when there are few.
    @Override
    public String toString() {
        if (values.size() == 1) {
            return number(values.getFirst()) + " " + unit;
        }
        String summary = values.size() < 20
                ? "min " + number(min()) + ", median " + number(median()) + ", max " + number(max())
                : "min " + number(min()) + ", p50 " + number(median()) + ", p99 " + number(percentile(99)) + ", max "
                        + number(max());
        String each = values.size() > 20
                ? values.size() + " runs"
                : values.stream().map(Runs::number).collect(Collectors.joining(" "));
        return summary + " " + unit + "  (" + each + ")";
    }

    public static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
    }
}
