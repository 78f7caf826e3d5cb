package dev.feedline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process of a cluster has said so far.
record ProcessLog(Path file) {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /// Waits until the process has said it, and returns the last group of it; ends a process that does not.
    String await(Process process, Pattern words) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            String log = Files.readString(file);
            Matcher found = words.matcher(log);
            if (found.find()) {
                return found.group(found.groupCount());
            }
            if (ended || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException(file.getFileName() + " of the cluster did not say '" + words + "' but:\n" + log);
            }
            Thread.sleep(50); // a log tells nobody that it has grown
        }
    }
}
