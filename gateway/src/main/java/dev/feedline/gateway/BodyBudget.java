package dev.feedline.gateway;

import dev.feedline.wire.WireError;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How much memory the bodies that are read whole may take together; who finds it spent waits a little.
final class BodyBudget {
    private static final int UNIT = 16 * 1024;
    private static final int WAIT_SECONDS = 10;

    private final Semaphore units;
    private final int allUnits;

    private BodyBudget(int allUnits) {
        this.allUnits = allUnits;
        this.units = new Semaphore(allUnits, true);
    }

    /// A quarter of the heap.
    static BodyBudget ofThisProcess() {
        return new BodyBudget((int) Math.max(1, Runtime.getRuntime().maxMemory() / 4 / UNIT));
    }

    static BodyBudget of(long bytes) {
        return new BodyBudget((int) Math.max(1, bytes / UNIT));
    }

    /// A body in memory, until it is closed.
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Body(byte[] bytes, int taken, Semaphore units) implements AutoCloseable {
        @Override
        public void close() {
            units.release(taken);
        }
    }

    /// Reads a request's body; without a length, room for the longest is set aside.
    Body read(Exchange exchange, int most) throws IOException {
        String length = exchange.head().headers().first("content-length").orElse("");
        if (length.matches("\\d{1,18}")) {
            return read(exchange.body(), Long.parseLong(length), most);
        }
        boolean bodiless =
                List.of("GET", "HEAD", "DELETE").contains(exchange.head().method());
        return read(exchange.body(), bodiless ? 0 : most, most);
    }

    /// Reads at most `most` bytes, of which about `length` are expected.
    Body read(InputStream in, long length, int most) throws IOException {
        if (length > most) {
            throw tooLarge(most);
        }
        int taken = take((int) Math.min(allUnits, length / UNIT + 1));
        try {
            byte[] bytes = in.readNBytes(most);
            if (bytes.length == most && in.read() >= 0) {
                throw tooLarge(most);
            }
            return new Body(bytes, taken, units);
        } catch (IOException | RuntimeException | Error e) {
            units.release(taken);
            throw e;
        }
    }

    private int take(int count) throws IOException {
        try {
            if (!units.tryAcquire(count, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw WireError.SERVICE_UNAVAILABLE.because("Too many large requests at once. Please try again.");
            }
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopping", e);
        }
    }

    private static RuntimeException tooLarge(int most) {
        return WireError.REQUEST_TOO_LARGE.because("The request's body is longer than " + most + " bytes.");
    }
}
