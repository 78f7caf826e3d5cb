package dev.feedline.app.command;

import dev.feedline.app.Finally;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.definition.Feed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Asks the independent reader, `examples/Oracle.java`, whether the warehouse has what a feed file says.
///
/// It runs as a process of its own on plain Java, without a class of Feedline.
record Oracle(Path program, SnowflakeClient warehouse, Path folder) {
    boolean agrees(Path feedFile, FileState file, Feed feed, PrintStream out) throws IOException, InterruptedException {
        Path rows = Files.createTempFile(folder, "rows", ".json");
        Path quarantine = Files.createTempFile(folder, "quarantine", ".json");
        try {
            dump("SELECT * FROM " + Names.table(file.feed()) + " WHERE _FILE_ID = '" + file.fileId() + "'", rows);
            dump("SELECT ROW_NUMBER FROM FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + file.fileId() + "'", quarantine);
            return ask(feedFile, feed, rows, quarantine, out);
        } finally {
            Files.deleteIfExists(rows);
            Files.deleteIfExists(quarantine);
        }
    }

    private void dump(String sql, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                JsonRows rows = new JsonRows(out)) {
            warehouse.query(sql, rows);
        }
    }

    private boolean ask(Path feedFile, Feed feed, Path rows, Path quarantine, PrintStream out)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                feedFile.toString(),
                rows.toString(),
                quarantine.toString()));
        feed.columns().forEach((name, type) -> command.add(name + "=" + type.glue()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Finally end = Finally.of(process::destroy)) {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            out.print(said.indent(2));
            return process.waitFor() == 0;
        }
    }
}
