package dev.feedline.app.command;

import dev.feedline.app.Reach;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `feedline sql "SELECT …"`
@Command(name = "sql", description = "Query the warehouse.", mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--json", description = "Print one JSON array of objects.")
    private boolean json;

    @Parameters(paramLabel = "SQL", description = "One statement.")
    private String sql = "";

    @Override
    public Integer call() throws Exception {
        try (Reach reach = folder.reach(false);
                var session = reach.warehouse()) {
            if (json) {
                try (JsonRows rows = new JsonRows(System.out)) {
                    session.query(sql, rows);
                }
            } else {
                var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
                try (TextTable table = new TextTable(out)) {
                    session.query(sql, table);
                }
            }
        }
        return ExitCode.BALANCED;
    }
}
