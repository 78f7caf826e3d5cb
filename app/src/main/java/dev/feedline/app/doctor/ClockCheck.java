package dev.feedline.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The machine's clock, which ids, retention and the balance's patience go by.
final class ClockCheck {
    /// Before this program was written.
    private static final Instant TOO_EARLY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TOO_LATE = Instant.parse("2106-01-01T00:00:00Z"); // ids hold 32 bits of seconds
    private static final Duration STEP_LOOKED_FOR = Duration.ofMillis(300);
    private static final long LARGEST_STEP_MILLIS = 50;
    /// Signatures are refused when the clocks are further apart.
    private static final Duration FUTURE_ALLOWED = Duration.ofMinutes(15);
    private static final int DEPTH = 2;

    private final Path data;

    ClockCheck(Path data) {
        this.data = data;
    }

    List<Finding> look() throws IOException {
        Instant now = Instant.now();
        List<Finding> findings = new ArrayList<>();
        findings.add(
                now.isBefore(TOO_EARLY) || now.isAfter(TOO_LATE)
                        ? Finding.fail(
                                "clock", "it is " + now + " by this machine's clock", "Set the clock, best by NTP.")
                        : Finding.ok("clock", "it is " + now));
        findings.add(steadiness());
        Optional<Instant> newest = newest();
        if (newest.isPresent()) {
            Duration ahead = Duration.between(now, newest.get());
            findings.add(
                    ahead.compareTo(FUTURE_ALLOWED) > 0
                            ? Finding.warn(
                                    "clock and data",
                                    "the newest file of the data folder is of " + newest.get() + ", "
                                            + ahead.toMinutes() + " minutes ahead of the clock",
                                    "The clock was set back; set it right before new files come in.")
                            : Finding.ok("clock and data", "the newest file of the data folder is of " + newest.get()));
        }
        return findings;
    }

    /// Compares the clock that can be set with the one that cannot.
    private static Finding steadiness() {
        Instant wall = Instant.now();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < STEP_LOOKED_FOR.toNanos()) {
            java.util.concurrent.locks.LockSupport.parkNanos(STEP_LOOKED_FOR.toNanos() / 10);
        }
        long steady = (System.nanoTime() - begin) / 1_000_000;
        long shown = Duration.between(wall, Instant.now()).toMillis();
        long step = Math.abs(shown - steady);
        return step > LARGEST_STEP_MILLIS
                ? Finding.warn(
                        "clock steps",
                        "while " + steady + " ms went by, the clock went on by " + shown + " ms",
                        "Something sets the clock in steps; let NTP slew it.")
                : Finding.ok("clock steps", "none seen in " + steady + " ms");
    }

    private Optional<Instant> newest() throws IOException {
        if (!Files.isDirectory(data) || !Files.isReadable(data) || !Files.isExecutable(data)) {
            return Optional.empty();
        }
        Instant newest = Instant.EPOCH;
        try (Stream<Path> files = Files.walk(data, DEPTH)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Instant modified = Files.getLastModifiedTime(file).toInstant();
                newest = modified.isAfter(newest) ? modified : newest;
            }
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(e.getCause()); // a file that went while it was looked at, or one of somebody else
        }
        return Optional.of(newest);
    }
}
