package dev.feedline.bench.kernel;

import dev.feedline.parquet.Compression;
import dev.feedline.rows.batch.RowBatch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Columns made into pages with their statistics, index and checksums: the time a value takes.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(OneColumn.WRITTEN_ROWS)
public class WritingKernels {
    /// Texts of which there are 200.
    @State(Scope.Thread)
    public static class FewTexts extends OneColumn {
        public FewTexts() {
            super("string", WRITTEN_ROWS, random -> "\"city of " + random.nextInt(200) + "\"");
        }
    }

    /// Texts that are all different: their dictionary is given up.
    @State(Scope.Thread)
    public static class ManyTexts extends OneColumn {
        public ManyTexts() {
            super("string", WRITTEN_ROWS, random -> "\"user" + random.nextLong(1L << 40) + "@example.com\"");
        }
    }

    /// Numbers of which there are 2000.
    @State(Scope.Thread)
    public static class FewNumbers extends OneColumn {
        public FewNumbers() {
            super("bigint", WRITTEN_ROWS, random -> Integer.toString(random.nextInt(2000) * 1000));
        }
    }

    /// One of two numbers or nothing: ids and levels of one bit.
    @State(Scope.Thread)
    public static class Bits extends OneColumn {
        public Bits() {
            super(
                    "bigint",
                    WRITTEN_ROWS,
                    random -> random.nextBoolean() ? "null" : Integer.toString(random.nextInt(2)));
        }
    }

    /// Doubles that are all different: PLAIN pages.
    @State(Scope.Thread)
    public static class Doubles extends OneColumn {
        public Doubles() {
            super("double", WRITTEN_ROWS, random -> Double.toString(random.nextInt(1 << 30) / 1024.0));
        }
    }

    @Benchmark
    public List<RowBatch> dictionary(FewTexts column) throws IOException {
        return column.write(Compression.UNCOMPRESSED);
    }

    @Benchmark
    public List<RowBatch> dictionaryGivenUp(ManyTexts column) throws IOException {
        return column.write(Compression.UNCOMPRESSED);
    }

    @Benchmark
    public List<RowBatch> numberDictionary(FewNumbers column) throws IOException {
        return column.write(Compression.UNCOMPRESSED);
    }

    @Benchmark
    public List<RowBatch> bitPacking(Bits column) throws IOException {
        return column.write(Compression.UNCOMPRESSED);
    }

    @Benchmark
    public List<RowBatch> page(Doubles column) throws IOException {
        return column.write(Compression.UNCOMPRESSED);
    }

    @Benchmark
    public List<RowBatch> snappyPage(ManyTexts column) throws IOException {
        return column.write(Compression.SNAPPY);
    }

    @Benchmark
    public List<RowBatch> zstdPage(ManyTexts column) throws IOException {
        return column.write(Compression.ZSTD);
    }
}
