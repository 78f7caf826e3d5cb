package dev.feedline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a measurement ran.
///
/// @param memoryBytes physical memory
record Machine(String cpu, int cores, long memoryBytes, String system, String fileSystem) {
    static Machine here(Path folder) throws IOException {
        return new Machine(
                first("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                first("/proc/meminfo", "MemTotal")
                        .map(text -> Long.parseLong(text.replace(" kB", "")) << 10)
                        .orElse(0L),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Files.getFileStore(folder).type());
    }

    /// The load averages of the last 1, 5 and 15 minutes.
    static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        if (!Files.exists(file)) {
            return "unknown";
        }
        List<String> parts = List.of(Files.readString(file).strip().split(" "));
        return String.join(" ", parts.subList(0, 3));
    }

    @Override
    public String toString() {
        return cores + " cores (" + cpu + "), " + (memoryBytes >> 20) + " MB memory, " + system + ", " + fileSystem;
    }

    private static Optional<String> first(String file, String key) throws IOException {
        if (!Files.exists(Path.of(file))) {
            return Optional.empty();
        }
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
