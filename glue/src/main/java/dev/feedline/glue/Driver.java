package dev.feedline.glue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One driver process: it is given one run, and ends with it.
///
/// It holds the other end of a pipe to Feedline and halts when that closes, so that it outlives no
/// Feedline, however that ended; [DriverRecords] are for one that does not keep to it.
final class Driver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    /// What a spare prints before anybody has a log for it.
    private static final int MOST_KEPT_BYTES = 64 * 1024;
    private static final Duration LONGEST_OUTPUT_AFTER_END = Duration.ofSeconds(2);
    private static final int BLOCK = 8192;
    /// Of these the last lines are shown with a run that ended without a report.
    private static final int MOST_LAST_BYTES = 2048;
    private static final int LAST_LINES = 4;

    private final Process process;
    private final Path folder;
    private final int megabytes;
    private final Duration stopGrace;
    private final DriverRecords records;
    private final Thread output;
    private byte[] lastWords = {};
    private ByteArrayOutputStream before = new ByteArrayOutputStream();
    private @Nullable RunLog log;

    private Driver(Process process, Path folder, int megabytes, Duration stopGrace, DriverRecords records) {
        this.process = process;
        this.folder = folder;
        this.megabytes = megabytes;
        this.stopGrace = stopGrace;
        this.records = records;
        this.output = Thread.ofVirtual().name("glue-driver-" + process.pid()).unstarted(this::readOutput);
    }

    /// Starts a process and writes down that it is there; it waits for its run.
    static Driver start(DriverCommand command, Path folder, int megabytes, Duration stopGrace, DriverRecords records)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command.command()).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        Driver driver = new Driver(process, folder, megabytes, stopGrace, records);
        driver.output.start();
        try {
            records.add(process.toHandle());
        } catch (RuntimeException e) {
            driver.close();
            throw e;
        }
        return driver;
    }

    Path folder() {
        return folder;
    }

    int megabytes() {
        return megabytes;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Hands the process its run, one line of JSON; what it prints is the run's log from now on.
    void begin(String line, RunLog runLog) throws IOException {
        synchronized (this) {
            runLog.append(before.toByteArray(), before.size());
            before = new ByteArrayOutputStream();
            log = runLog;
        }
        tell(line);
    }

    /// Hands the process its one line.
    void tell(String line) throws IOException {
        OutputStream in = process.getOutputStream(); // stays open: its end would end the process
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /// Waits for the end of the process.
    ///
    /// @return its exit code; 128 and the number of the signal that ended it
    int await() throws InterruptedException {
        int status = process.waitFor();
        output.join(LONGEST_OUTPUT_AFTER_END); // somebody it has started may hold the pipe for longer
        return status;
    }

    /// Waits for the end of the process for so long.
    ///
    /// @return whether it has ended
    boolean await(Duration longest) throws InterruptedException {
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Asks the process to end, and ends it when it has not after the grace.
    void stop() {
        // Not Process.destroy: it closes the pipes, and the process would halt without a word.
        process.toHandle().destroy();
        Thread.ofVirtual().name("glue-driver-stop-" + process.pid()).start(() -> {
            try {
                if (!process.waitFor(stopGrace.toMillis(), TimeUnit.MILLISECONDS)) {
                    kill();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Ends the process and what it has started, and removes its folder.
    @Override
    public void close() {
        kill();
        try {
            process.waitFor();
            Folders.delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("{} could not be removed; the next start removes it", folder, e);
        }
        records.remove(process.toHandle());
    }

    private void kill() {
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void readOutput() {
        byte[] buffer = new byte[BLOCK];
        try (InputStream printed = process.getInputStream()) {
            for (int read = printed.read(buffer); read >= 0; read = printed.read(buffer)) {
                take(buffer, read);
            }
        } catch (IOException e) {
            LOG.debug("The output of driver {} broke off", process.pid(), e); // it was ended from outside
        }
    }

    /// The last lines it printed.
    synchronized String lastLines() {
        List<String> lines =
                new String(lastWords, StandardCharsets.UTF_8).strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private synchronized void take(byte[] bytes, int length) {
        int kept = Math.min(length, MOST_LAST_BYTES);
        int older = Math.min(lastWords.length, MOST_LAST_BYTES - kept);
        byte[] words = new byte[older + kept];
        System.arraycopy(lastWords, lastWords.length - older, words, 0, older);
        System.arraycopy(bytes, length - kept, words, older, kept);
        lastWords = words;
        if (log != null) {
            log.append(bytes, length);
        } else if (before.size() + length <= MOST_KEPT_BYTES) {
            before.write(bytes, 0, length);
        }
    }
}
