package dev.feedline.parquet;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
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

    static Path file(Path folder, Schema schema, ParquetOptions options, List<Object[]> rows) throws IOException {
        return Files.write(Files.createTempFile(folder, "rows", ".parquet"), bytes(schema, options, rows));
    }
}
