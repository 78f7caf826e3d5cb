package dev.feedline.bench.conversion;

import dev.feedline.bench.shape.Shape;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A file to convert.
///
/// @param name in figures
/// @param input JSON lines
/// @param schema its columns
/// @param schemaFile the same, as `feedline convert --schema` reads them
/// @param rows that it has
record Data(String name, Path input, Schema schema, Path schemaFile, long rows) {
    private static final int COUNTING_BUFFER = 1 << 20;

    /// A made one, kept for the next time.
    ///
    /// @param folder where its columns are written
    static Data of(Shape shape, long megabytes, Path home, Path folder) throws IOException {
        Path input = shape.file(home.resolve("bench/target/data"), megabytes);
        Path schemaFile = Files.writeString(folder.resolve(shape.word() + ".json"), SchemaJson.write(shape.schema()));
        return new Data(shape.word(), input, shape.schema(), schemaFile, countLines(input));
    }

    /// One that was there, with the columns that Feedline finds in it.
    ///
    /// @param folder where its columns are written
    static Data of(Path input, Path home, Path folder) throws IOException, InterruptedException {
        String name = input.getFileName().toString();
        List<String> command = List.of(
                home.resolve("feedline").toString(),
                "convert",
                "--schema-only",
                input.toAbsolutePath().toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
        Path schemaFile = Files.writeString(folder.resolve(name + ".json"), found);
        return new Data(name, input.toAbsolutePath(), SchemaJson.read(found.strip()), schemaFile, countLines(input));
    }

    /// Its size and its rows, for people.
    String words() throws IOException {
        long bytes = Files.size(input);
        return String.format(
                Locale.ROOT,
                "%s: %,d bytes, %,d rows of %d bytes, %d columns",
                name,
                bytes,
                rows,
                bytes / rows,
                schema.columns().size());
    }

    /// Reading it through also brings it into memory, where every engine then finds it.
    private static long countLines(Path file) throws IOException {
        long lines = 0;
        byte last = '\n';
        byte[] buffer = new byte[COUNTING_BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                last = read == 0 ? last : buffer[read - 1];
            }
        }
        return last == '\n' ? lines : lines + 1;
    }
}
