package dev.feedline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The memory of a process that is in RAM (`proc_pid_status(5)`).
public final class ResidentMemory {
    private ResidentMemory() {}

    /// The most that a living process has had so far (`VmHWM`).
    public static long peakBytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D+", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow(() -> new IOException("this system has no VmHWM"))
                << 10;
    }
}
