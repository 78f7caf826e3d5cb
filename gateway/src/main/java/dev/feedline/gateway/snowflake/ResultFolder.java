package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.SnowflakeError;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Where the rows of long results wait to be fetched. Nothing in it outlives the process, so nothing is forced.
final class ResultFolder {
    private static final int NAME_BYTES = 24;

    private final Path folder;
    private final long mostBytes;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong taken = new AtomicLong();

    private ResultFolder(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /// Opens or creates the folder and removes what an earlier process left in it.
    static ResultFolder open(Path folder, long mostBytes) throws IOException {
        Files.createDirectories(folder);
        ResultFolder opened = new ResultFolder(folder, mostBytes);
        opened.clear();
        return opened;
    }

    /// A file being written; its name cannot be guessed.
    final class ResultFile implements Closeable {
        private final Path path;
        private final OutputStream out;

        private ResultFile(Path path) throws IOException {
            this.path = path;
            this.out = Files.newOutputStream(path);
        }

        Path path() {
            return path;
        }

        String name() {
            return String.valueOf(path.getFileName());
        }

        void append(byte[] bytes, int from, int length) throws IOException {
            if (taken.addAndGet(length) > mostBytes) {
                taken.addAndGet(-length);
                throw SnowflakeError.RESOURCE.with(
                        "Results that wait to be fetched take all of their " + (mostBytes >> 20)
                                + " MiB; fetch them, or close their sessions, and run the statement again.");
            }
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    ResultFile create() throws IOException {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        return new ResultFile(folder.resolve(HexFormat.of().formatHex(name)));
    }

    void remove(Path file, long bytes) throws IOException {
        Files.deleteIfExists(file);
        taken.addAndGet(-bytes);
    }

    void clear() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        taken.set(0);
    }
}
