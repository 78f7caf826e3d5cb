package dev.feedline.bench;

import dev.feedline.testkit.OrdersFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;

/// `bench/run gzip`: a large gzip of JSON lines.
@Command(
        name = "gzip",
        description = "A gzip of JSON lines through all stages with -Xmx512m; its size is that of the gzip, about a"
                + " sixth of its rows'.")
final class GzipMeasurement extends FileMeasurement {
    /// Packed one after the other into the same gzip until it is large enough.
    private static final long BYTES_AT_ONCE = 16L << 20;

    @Override
    protected String name() {
        return "gzip";
    }

    @Override
    String fileName() {
        return "orders.jsonl.gz";
    }

    @Override
    OrdersFile.Sum generate(Path file, long seed, long bytes) throws IOException {
        OrdersFile.Sum all = new OrdersFile.Sum(0, 0, 0, 0);
        try (OutputStream out = Files.newOutputStream(file);
                GZIPOutputStream gzip = new GZIPOutputStream(out, 64 * 1024)) {
            for (long part = 0; Files.size(file) < bytes; part++) {
                all = all.plus(OrdersFile.write(seed + part, BYTES_AT_ONCE, gzip));
            }
        }
        return all;
    }
}
