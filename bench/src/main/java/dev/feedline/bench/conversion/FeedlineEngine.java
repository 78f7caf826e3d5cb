package dev.feedline.bench.conversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ours: `feedline convert` with all its checks, with the memory and collector that `./feedline`
/// gives it.
///
/// @param home of Feedline
record FeedlineEngine(Path home) implements Engine {
    @Override
    public String name() {
        return "feedline";
    }

    @Override
    public List<String> command(Cell cell, Path out) {
        List<String> command = new ArrayList<>(JavaProgram.options(Path.of(JavaProgram.JAVA)));
        command.addAll(List.of(
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.feedline.bench.engine.FeedlineProgram"));
        command.addAll(arguments(cell, out));
        return command;
    }

    /// As a user starts it.
    @Override
    public List<String> once(Cell cell, Path out) {
        List<String> command = new ArrayList<>(List.of(home.resolve("feedline").toString()));
        command.addAll(arguments(cell, out));
        return command;
    }

    /// Writes the cell's pages as they are before compression.
    static void pages(Path home, Cell cell, Path out) throws IOException, InterruptedException {
        List<String> command = List.of(
                home.resolve("feedline").toString(),
                "convert",
                "--force",
                "--compression",
                "none",
                "--schema",
                cell.data().schemaFile().toString(),
                cell.data().input().toString(),
                out.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }

    private static List<String> arguments(Cell cell, Path out) {
        List<String> arguments = new ArrayList<>(List.of(
                "convert",
                "--force",
                "--threads",
                Integer.toString(cell.threads()),
                "--compression",
                cell.codec().word()));
        if (cell.isExplicit()) {
            arguments.addAll(List.of("--schema", cell.data().schemaFile().toString()));
        }
        arguments.addAll(List.of(cell.data().input().toString(), out.toString()));
        return arguments;
    }
}
