package dev.feedline.glue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one run prints, kept in a folder of its own: at most the last two of its pieces.
///
/// A log is no state: nothing of it is forced to disk, and a disk that is full costs lines and no run.
final class RunLog implements AutoCloseable {
    static final int LARGEST_PIECE_BYTES = 4 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private final Path folder;
    private int piece;
    private long written;
    private @Nullable OutputStream file;
    private boolean broken;

    RunLog(Path folder) {
        this.folder = folder;
    }

    static String nameOf(int piece) {
        return String.format(java.util.Locale.ROOT, "%08d.log", piece);
    }

    void line(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        append(bytes, bytes.length);
    }

    synchronized void append(byte[] bytes, int length) {
        if (broken || length == 0) {
            return;
        }
        try {
            if (file == null || written + length > LARGEST_PIECE_BYTES) {
                file = next();
            }
            file.write(bytes, 0, length);
            written += length;
        } catch (IOException e) {
            broken = true;
            LOG.warn("The log in {} ends here: it could not be written", folder, e);
        }
    }

    private OutputStream next() throws IOException {
        if (file == null) {
            Files.createDirectories(folder);
        } else {
            file.close();
            Files.deleteIfExists(folder.resolve(nameOf(piece - 1)));
            piece++;
        }
        written = 0;
        return Files.newOutputStream(
                folder.resolve(nameOf(piece)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void close() {
        broken = true; // what a left-over process still prints is lost
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.warn("The log in {} could not be closed", folder, e);
        }
    }
}
