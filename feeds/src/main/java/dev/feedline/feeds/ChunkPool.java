package dev.feedline.feeds;

import dev.feedline.convert.ChunkResult;
import dev.feedline.convert.Conversion;
import dev.feedline.convert.ReadyChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Converts chunks, several at once.
///
/// On platform threads: a conversion computes without a pause, which on a virtual thread would hold up those who wait.
///
/// @param atOnce how many; 1 converts on the caller's own thread
record ChunkPool(int atOnce) {
    /// What one conversion may need: the row group it builds (16 MiB as counted), its pages and the rows in hand.
    private static final long BYTES_EACH = 192L << 20;
    private static final int MOST_AT_ONCE = 16;

    ChunkPool {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least one chunk at a time, not " + atOnce);
        }
    }

    /// One for each core, and for each 192 MiB of the largest heap; at least 1, at most 16.
    static ChunkPool ofMachine() {
        Runtime machine = Runtime.getRuntime();
        long fit = Math.min(machine.availableProcessors(), machine.maxMemory() / BYTES_EACH);
        return new ChunkPool((int) Math.clamp(fit, 1, MOST_AT_ONCE));
    }

    /// Converts them all. The first failure that is not a damaged chunk's own comes out, when the others have ended.
    List<ChunkResult> convert(Conversion conversion, List<ReadyChunk> chunks) throws IOException {
        List<ChunkResult> results = new ArrayList<>();
        if (atOnce == 1 || chunks.size() < 2) {
            for (ReadyChunk chunk : chunks) {
                results.add(conversion.convert(chunk));
            }
            return results;
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(atOnce, chunks.size()),
                Thread.ofPlatform().name("convert-", 0).daemon().factory())) {
            List<Future<ChunkResult>> running = chunks.stream()
                    .map(chunk -> threads.submit(() -> conversion.convert(chunk)))
                    .toList();
            for (Future<ChunkResult> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while chunks were converted");
        }
    }

    private static IOException failure(ExecutionException e) throws IOException {
        switch (e.getCause()) {
            case IOException io -> throw io;
            case RuntimeException other -> throw other;
            case Error error -> throw error;
            case null, default -> throw new IOException("a chunk could not be converted", e);
        }
    }
}
