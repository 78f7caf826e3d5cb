package dev.feedline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Processor time as Linux counts it (`proc_pid_stat(5)`), in milliseconds, user and system together.
public final class CpuTime {
    /// What one tick of the kernel's count is; Linux shows user space 100 a second.
    private static final double MILLIS_PER_TICK = 10;
    /// The file's fields count from 1; the name, field 2, may hold blanks and ends at the last parenthesis.
    private static final int UTIME = 14;

    private static final int STIME = 15;
    private static final int CUTIME = 16;
    private static final int CSTIME = 17;

    private CpuTime() {}

    /// What a living process has used.
    public static double of(long pid) throws IOException {
        List<String> stat = stat(Long.toString(pid));
        return (field(stat, UTIME) + field(stat, STIME)) * MILLIS_PER_TICK;
    }

    /// What this process's children have used that have ended.
    public static double ofEndedChildren() throws IOException {
        return ofEndedChildren("self");
    }

    /// What another process's children have used that have ended.
    static double ofEndedChildren(long pid) throws IOException {
        return ofEndedChildren(Long.toString(pid));
    }

    private static double ofEndedChildren(String process) throws IOException {
        List<String> stat = stat(process);
        return (field(stat, CUTIME) + field(stat, CSTIME)) * MILLIS_PER_TICK;
    }

    private static long field(List<String> fromTheThird, int number) {
        return Long.parseLong(fromTheThird.get(number - 3));
    }

    private static List<String> stat(String process) throws IOException {
        String text = Files.readString(Path.of("/proc", process, "stat"));
        return List.of(text.substring(text.lastIndexOf(')') + 1).strip().split(" "));
    }
}
