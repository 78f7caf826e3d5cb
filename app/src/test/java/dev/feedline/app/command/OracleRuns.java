package dev.feedline.app.command;

import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.definition.Feed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Asks the independent reader, `examples/Oracle.java`, about many files in one process.
public final class OracleRuns {
    private static final Path PROGRAM =
            Path.of("..", "examples", "Oracle.java").toAbsolutePath().normalize();

    private final SnowflakeClient warehouse;
    private final Path folder;
    private final List<String> questions = new ArrayList<>();

    /// @param folder keeps what is compared
    public OracleRuns(SnowflakeClient warehouse, Path folder) {
        this.warehouse = warehouse;
        this.folder = folder;
    }

    /// Takes down what the warehouse has of the file.
    public void add(Path feedFile, FileState file, Feed feed) throws IOException {
        Path rows = folder.resolve(file.fileId() + ".rows.json");
        Path quarantine = folder.resolve(file.fileId() + ".quarantine.json");
        dump("SELECT * FROM " + Names.table(file.feed()) + " WHERE _FILE_ID = '" + file.fileId() + "'", rows);
        dump("SELECT ROW_NUMBER FROM FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + file.fileId() + "'", quarantine);
        if (!questions.isEmpty()) {
            questions.add("--");
        }
        questions.addAll(List.of(feedFile.toString(), rows.toString(), quarantine.toString()));
        feed.columns().forEach((name, type) -> questions.add(name + "=" + type.glue()));
    }

    /// What the reader found, file by file; empty when every value of every file is equal.
    public List<String> differences() throws IOException, InterruptedException {
        if (questions.isEmpty()) {
            return List.of("there is nothing to compare");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(PROGRAM.toString());
        command.addAll(questions);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0
                ? List.of()
                : said.lines()
                        .filter(line -> !line.endsWith("every value equal"))
                        .toList();
    }

    private void dump(String sql, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                JsonRows rows = new JsonRows(out)) {
            warehouse.query(sql, rows);
        }
    }
}
