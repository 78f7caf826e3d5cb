package dev.feedline.bench.kernel;

import dev.feedline.bench.shape.Shape;
import dev.feedline.rows.Inference;
import dev.feedline.rows.JsonLines;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.batch.RowJudge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Whole rows: the time a megabyte of them takes.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RowKernels {
    private static final int BYTES = 1_000_000;

    /// A megabyte of rows.
    @State(Scope.Thread)
    public static class Rows {
        @Param({"ORDERS", "EVENTS", "WIDE"})
        public Shape shape = Shape.ORDERS;

        byte[] lines = {};
        List<byte[]> rows = List.of();
        RowJudge judge = judge();

        @Setup
        public void make() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            shape.write(BYTES, out);
            lines = out.toByteArray();
            rows = new ArrayList<>();
            try (JsonLines split = new JsonLines(new ByteArrayInputStream(lines), RowLimits.DEFAULT.maxSourceBytes())) {
                for (RawRow row = split.next(); row != null; row = split.next()) {
                    rows.add(row.bytes());
                }
            }
            judge = judge();
        }

        private RowJudge judge() {
            return new RowJudge(
                    shape.schema(),
                    new SchemaPolicy(SchemaPolicy.OnNewColumn.RESCUE, SchemaPolicy.OnMismatch.QUARANTINE),
                    RowLimits.DEFAULT);
        }
    }

    /// Lines found and handed out as ingest has them.
    @Benchmark
    public long scan(Rows rows) throws IOException {
        long bytes = 0;
        try (JsonLines split =
                new JsonLines(new ByteArrayInputStream(rows.lines), RowLimits.DEFAULT.maxSourceBytes())) {
            for (RawRow row = split.next(); row != null; row = split.next()) {
                bytes += row.bytes().length;
            }
        }
        return bytes;
    }

    /// Rows judged as ingest judges them.
    @Benchmark
    public int judge(Rows rows) {
        int plain = 0;
        for (byte[] row : rows.rows) {
            plain += rows.judge.isPlain(row) ? 1 : 0;
        }
        if (plain < rows.rows.size()) {
            throw new IllegalStateException("a row is not plain");
        }
        return plain;
    }

    /// Columns found in the rows.
    @Benchmark
    public Schema inference(Rows rows) {
        Inference seen = new Inference(RowLimits.DEFAULT);
        rows.rows.forEach(seen::add);
        return seen.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD);
    }
}
