package dev.feedline.bench.conversion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ours: `feedline convert` with all its checks, with the memory and collector that `./feedline`
/// gives it.
record FeedlineEngine() implements Engine {
    @Override
    public String name() {
        return "feedline";
    }

    @Override
    public List<String> command(Cell cell, Path out) {
        List<String> command = new ArrayList<>(List.of(
                JavaProgram.JAVA,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.feedline.bench.engine.FeedlineProgram"));
        command.addAll(arguments(cell, out));
        return command;
    }

    /// Those of `feedline`.
    static List<String> arguments(Cell cell, Path out) {
        List<String> arguments = new ArrayList<>(List.of(
                "convert",
                "--force",
                "--threads",
                Integer.toString(cell.threads()),
                "--compression",
                cell.codec().word()));
        if (cell.isExplicit()) {
            arguments.addAll(List.of("--schema", cell.schemaFile().toString()));
        }
        arguments.addAll(List.of(cell.input().toString(), out.toString()));
        return arguments;
    }
}
