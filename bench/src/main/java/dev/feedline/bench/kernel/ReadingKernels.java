package dev.feedline.bench.kernel;

import dev.feedline.rows.batch.RowBatch;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// JSON values read into columns, checked: the time a row of one value takes.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(OneColumn.READ_ROWS)
public class ReadingKernels {
    /// Whole numbers of 1 to 9 digits.
    @State(Scope.Thread)
    public static class Numbers extends OneColumn {
        public Numbers() {
            super("bigint", READ_ROWS, random -> Integer.toString(random.nextInt() >> random.nextInt(28)));
        }
    }

    /// Whole numbers of 15 to 18 digits.
    @State(Scope.Thread)
    public static class LongNumbers extends OneColumn {
        public LongNumbers() {
            super(
                    "bigint",
                    READ_ROWS,
                    random -> Long.toString(random.nextLong(100_000_000_000_000L, 999_999_999_999_999_999L)));
        }
    }

    /// Prices.
    @State(Scope.Thread)
    public static class Decimals extends OneColumn {
        public Decimals() {
            super(
                    "decimal(12,2)",
                    READ_ROWS,
                    random -> String.format(Locale.ROOT, "%.2f", random.nextInt(9_999_999) / 100.0));
        }
    }

    /// Numbers of six places that a double holds.
    @State(Scope.Thread)
    public static class Doubles extends OneColumn {
        public Doubles() {
            super("double", READ_ROWS, random -> String.format(Locale.ROOT, "%.6f", random.nextDouble(-1000, 1000)));
        }
    }

    /// RFC 3339 with milliseconds, UTC, of one year.
    @State(Scope.Thread)
    public static class Timestamps extends OneColumn {
        public Timestamps() {
            super(
                    "timestamp",
                    READ_ROWS,
                    random -> String.format(
                            Locale.ROOT,
                            "\"2026-%02d-%02dT%02d:%02d:%02d.%03dZ\"",
                            1 + random.nextInt(12),
                            1 + random.nextInt(28),
                            random.nextInt(24),
                            random.nextInt(60),
                            random.nextInt(60),
                            random.nextInt(1000)));
        }
    }

    /// ASCII, 5 to 40 characters.
    @State(Scope.Thread)
    public static class Texts extends OneColumn {
        public Texts() {
            super("string", READ_ROWS, random -> '"' + "abcdefgh".repeat(5).substring(random.nextInt(36)) + '"');
        }
    }

    /// Texts with two escapes each.
    @State(Scope.Thread)
    public static class EscapedTexts extends OneColumn {
        public EscapedTexts() {
            super("string", READ_ROWS, random -> "\"said \\\"" + random.nextInt(100_000) + "\\\" twice\"");
        }
    }

    /// Texts beyond ASCII, whose UTF-8 is checked.
    @State(Scope.Thread)
    public static class ForeignTexts extends OneColumn {
        public ForeignTexts() {
            super("string", READ_ROWS, random -> "\"Überprüfung 日本語 " + random.nextInt(100_000) + "\"");
        }
    }

    /// Lists of three numbers.
    @State(Scope.Thread)
    public static class Lists extends OneColumn {
        public Lists() {
            super("array<bigint>", READ_ROWS, random -> "[" + random.nextInt(99) + "," + random.nextInt(99) + ",7]");
        }
    }

    @Benchmark
    public RowBatch number(Numbers rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch longNumber(LongNumbers rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch decimal(Decimals rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch doubleNumber(Doubles rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch timestamp(Timestamps rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch string(Texts rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch escapedString(EscapedTexts rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch foreignString(ForeignTexts rows) {
        return rows.read();
    }

    @Benchmark
    public RowBatch list(Lists rows) {
        return rows.read();
    }
}
