package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.story.FileLookup;
import dev.feedline.app.warehouse.SnowflakeClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
            description = "Only rows of this file: its id or key, or the beginning of either.")
    private @Nullable String file;

    @Option(names = "--code", paramLabel = "CODE", description = "Only rows with this code, e.g. TYPE-MISMATCH.")
    private @Nullable String code;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows (default: all).")
    private @Nullable Long limit;

    @Option(
            names = "--summary",
            description = "Count the rows by feed, code and column instead, with the first of each.")
    private boolean summary;

    @Override
    public Integer call() throws Exception {
        try (Reach reach = folder.reach(false);
                SnowflakeClient session = reach.warehouse()) {
            String sql = sql(fileId(reach));
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

    private @Nullable String fileId(Reach reach) throws IOException {
        return file == null
                ? null
                : new FileLookup(RemotePipeline.of(reach)).find(file).fileId();
    }

    private String sql(@Nullable String fileId) {
        String of = " FROM FEEDLINE.OPS.QUARANTINE WHERE 1 = 1" + condition("FEED", feed)
                + condition("FILE_ID", fileId)
                + condition("CODE", code == null ? null : code.toUpperCase(Locale.ROOT));
        String most = limit == null ? "" : " LIMIT " + limit;
        // A row may be loaded twice after a crash; it is one row.
        return summary
                ? "SELECT FEED, CODE, COLUMN_NAME, COUNT(DISTINCT FILE_ID || ':' || ROW_NUMBER) AS BAD_ROWS,"
                        + " COUNT(DISTINCT FILE_ID) AS FILES, MIN_BY(FILE_ID || ':' || ROW_NUMBER, ROW_NUMBER) AS FOR_EXAMPLE,"
                        + " MIN_BY(DETAIL, ROW_NUMBER) AS DETAIL" + of
                        + " GROUP BY FEED, CODE, COLUMN_NAME ORDER BY BAD_ROWS DESC, FEED, CODE, COLUMN_NAME" + most
                : "SELECT DISTINCT " + (json ? IN_JSON : IN_TABLE) + of + " ORDER BY FEED, FILE_ID, ROW_NUMBER" + most;
    }

    private static String condition(String column, @Nullable String value) {
        return value == null ? "" : " AND " + column + " = '" + value.replace("'", "''") + "'";
    }
}
