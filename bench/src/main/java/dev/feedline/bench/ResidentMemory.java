package dev.feedline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// The memory of a process that is in RAM (`proc_pid_status(5)`).
public final class ResidentMemory {
    private ResidentMemory() {}

    /// The most that a living process has had so far (`VmHWM`).
    public static long peakBytes(long pid) throws IOException {
        return peakBytesIfAny(pid).orElseThrow(() -> new IOException("this system has no VmHWM"));
    }

    /// The same of a process that may be ending: it has no memory then, or is not there.
    static OptionalLong peakBytesIfAny(long pid) throws IOException {
        List<String> status;
        try {
            status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        } catch (IOException e) {
            if (ProcessHandle.of(pid).isPresent()) {
                throw e;
            }
            return OptionalLong.empty();
        }
        return status.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D+", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) << 10)
                .findFirst();
    }
}
