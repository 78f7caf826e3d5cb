package dev.feedline.bench.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.parquet.Compression;
import dev.feedline.parquet.ParquetOptions;
import dev.feedline.parquet.ParquetWriter;
import dev.feedline.rows.CellForm;
import dev.feedline.rows.Column;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import dev.feedline.rows.batch.BatchReader;
import dev.feedline.rows.batch.RowBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Rows of a single column, as bytes and as batches: the smallest thing that passes through a kernel
/// and little else.
abstract class OneColumn {
    /// Rows that one call reads: a batch.
    static final int READ_ROWS = 20_000;
    /// Rows that one call writes, so many that what a file costs by itself is little.
    static final int WRITTEN_ROWS = 12 * READ_ROWS;

    private static final long SEED = 20261127;
    private static final SchemaPolicy POLICY =
            new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.QUARANTINE);

    private final Schema schema;
    private final byte[] rows;
    private final int[] ends;
    private final List<RowBatch> batches = new ArrayList<>();
    private final RowBatch read;
    private final BatchReader reader;

    /// @param type in the Glue Data Catalog's words
    /// @param count of the rows: [#READ_ROWS] or [#WRITTEN_ROWS]
    /// @param value makes the JSON text of a value
    OneColumn(String type, int count, Function<SplittableRandom, String> value) {
        schema = new Schema(List.of(new Column("value", Type.parse(type))));
        SplittableRandom random = new SplittableRandom(SEED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ends = new int[count];
        for (int row = 0; row < count; row++) {
            bytes.writeBytes(("{\"value\":" + value.apply(random) + "}").getBytes(UTF_8));
            ends[row] = bytes.size();
        }
        rows = bytes.toByteArray();
        for (int first = 0; first < count; first += READ_ROWS) {
            RowBatch batch = new RowBatch(schema);
            readInto(reader(batch), first);
            batches.add(batch);
        }
        read = new RowBatch(schema);
        reader = reader(read);
    }

    /// Reads and judges a batch.
    final RowBatch read() {
        read.clear();
        readInto(reader, 0);
        return read;
    }

    /// Writes all rows to a file that nobody keeps.
    final List<RowBatch> write(Compression compression) throws IOException {
        ParquetOptions options = ParquetOptions.DEFAULT.compression(compression);
        try (ParquetWriter writer = new ParquetWriter(OutputStream.nullOutputStream(), schema, options)) {
            for (RowBatch batch : batches) {
                writer.write(batch);
            }
        }
        return batches;
    }

    private BatchReader reader(RowBatch into) {
        return new BatchReader(schema, POLICY, RowLimits.DEFAULT, CellForm.JSON, into, 0);
    }

    private void readInto(BatchReader by, int first) {
        int from = first == 0 ? 0 : ends[first - 1];
        for (int row = first; row < first + READ_ROWS; row++) {
            if (by.add(rows, from, ends[row]) != null) {
                throw new IllegalStateException("a bad row: " + new String(rows, from, ends[row] - from, UTF_8));
            }
            from = ends[row];
        }
    }
}
