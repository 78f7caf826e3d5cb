package dev.feedline.app.command;

import dev.feedline.app.Reach;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `feedline quarantine list`
@Command(name = "list", description = "List the quarantined rows.", mixinStandardHelpOptions = true)
final class QuarantineListCommand implements Callable<Integer> {
    private static final String IN_TABLE = "FEED, FILE_ID, ROW_NUMBER, LINE, CODE, COLUMN_NAME, DETAIL";
    private static final String IN_JSON =
            "FEED, FILE_ID, CHUNK, ROW_NUMBER, CODE, LINE, BYTE_OFFSET, COLUMN_NAME, POINTER,"
                    + " DETAIL, RAW, RAW_BASE64";

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--json", description = "Print one JSON array of objects, with the raw rows.")
    private boolean json;

    @Option(names = "--feed", paramLabel = "FEED", description = "Only rows of this feed.")
    private @Nullable String feed;

    @Option(
            names = "--file",
            paramLabel = "ID",
            description = "Only rows of this file (its id, as `feedline files` shows).")
    private @Nullable String file;

    @Override
    public Integer call() throws Exception {
        // A row may be loaded twice after a crash; it is one row.
        String sql = "SELECT DISTINCT " + (json ? IN_JSON : IN_TABLE) + " FROM FEEDLINE.OPS.QUARANTINE WHERE 1 = 1"
                + condition("FEED", feed) + condition("FILE_ID", file) + " ORDER BY FEED, FILE_ID, ROW_NUMBER";
        try (Reach reach = folder.reach(false);
                var session = reach.warehouse()) {
            if (json) {
                try (JsonRows rows = new JsonRows(System.out)) {
                    session.query(sql, rows);
                }
            } else {
                try (TextTable table = new TextTable(new PrintWriter(System.out, false, StandardCharsets.UTF_8))) {
                    session.query(sql, table);
                }
            }
        }
        return ExitCode.BALANCED;
    }

    private static String condition(String column, @Nullable String value) {
        return value == null ? "" : " AND " + column + " = '" + value.replace("'", "''") + "'";
    }
}
