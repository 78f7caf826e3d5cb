package dev.feedline.parquet;

import dev.feedline.rows.CellForm;
import dev.feedline.rows.Column;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import dev.feedline.rows.Verdict;
import dev.feedline.rows.batch.BatchReader;
import dev.feedline.rows.batch.RowBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Rows written to a file.
final class Written {
    private Written() {}

    static Schema schema(String... namesAndTypes) {
        var columns = new ArrayList<Column>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new Column(namesAndTypes[i], Type.parse(namesAndTypes[i + 1])));
        }
        return new Schema(columns);
    }

    static byte[] bytes(Schema schema, ParquetOptions options, List<Object[]> rows) {
        var out = new ByteArrayOutputStream();
        try (var writer = new ParquetWriter(out, schema, options)) {
            for (var row : rows) {
                writer.write(row);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /// The rows written column by column, so many at a time.
    static byte[] bytesOfBatches(Schema schema, ParquetOptions options, List<Object[]> rows, int batchRows) {
        var out = new ByteArrayOutputStream();
        var batch = new RowBatch(schema);
        var reader = new BatchReader(schema, SchemaPolicy.DEFAULT, RowLimits.DEFAULT, CellForm.JSON, batch, 0);
        try (var writer = new ParquetWriter(out, schema, options)) {
            for (var row : rows) {
                reader.append(new Verdict.Good(row, null));
                if (batch.rows() == batchRows) {
                    writer.write(batch);
                    batch.clear();
                }
            }
            writer.write(batch);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static Path file(Path folder, Schema schema, ParquetOptions options, List<Object[]> rows) throws IOException {
        return Files.write(Files.createTempFile(folder, "rows", ".parquet"), bytes(schema, options, rows));
    }
}
