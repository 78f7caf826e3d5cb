package dev.feedline.bench.conversion;

import java.io.IOException;

/// An engine that is ready to convert a cell's file, time and again.
interface Conversion extends AutoCloseable {
    Cost run() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
