package dev.feedline.bench;

import dev.feedline.testkit.OrdersFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/// `bench/run big`: a large JSON-lines file.
@Command(
        name = "big",
        description =
                "A JSON-lines file through all stages with -Xmx512m, beside DuckDB reading it straight. Needs room"
                        + " on the disk for about five times the file.")
final class BigMeasurement extends FileMeasurement {
    @Override
    protected String name() {
        return "big";
    }

    @Override
    String fileName() {
        return "orders.jsonl";
    }

    @Override
    OrdersFile.Sum generate(Path file, long seed, long bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return OrdersFile.write(seed, bytes, out);
        }
    }
}
