package dev.feedline.app.story;

import dev.feedline.app.story.FileStory.Equation;
import dev.feedline.app.story.FileStory.QuarantineGroup;
import dev.feedline.app.story.StoryReader.LoadedObject;
import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the warehouse tells of one file: its equation, its loads, its rows by chunk, and its quarantine.
final class WarehouseStory {
    /// Chunks counted in one statement.
    private static final int CHUNKS_AT_ONCE = 50;

    private final Warehouse warehouse;

    WarehouseStory(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    @Nullable
    Equation equation(String fileId) {
        List<Map<String, Object>> rows =
                warehouse.query("SELECT RECEIVED, LOADED, LOADED_DISTINCT, QUARANTINED, OVERLAP, MAX_ROW"
                        + " FROM FEEDLINE.OPS.BALANCE WHERE FILE_ID = '" + fileId + "'");
        if (rows.isEmpty()) {
            return null;
        }
        Map<String, Object> row = rows.getFirst();
        return new Equation(
                number(row, "RECEIVED"),
                number(row, "LOADED"),
                number(row, "LOADED_DISTINCT"),
                number(row, "QUARANTINED"),
                number(row, "OVERLAP"),
                number(row, "MAX_ROW"));
    }

    /// The file's Parquet objects in the table's load history.
    List<LoadedObject> loads(FileState file) {
        List<LoadedObject> loads = new ArrayList<>();
        String history =
                "SELECT FILE_NAME, LAST_LOAD_TIME, ROW_COUNT FROM TABLE(FEEDLINE.INFORMATION_SCHEMA.COPY_HISTORY("
                        + "TABLE_NAME => '" + Names.table(file.feed()) + "', START_TIME => '" + file.uploadedAt()
                        + "'))"
                        + " WHERE FILE_NAME LIKE '%" + file.fileId() + "-%' AND STATUS = 'Loaded'";
        for (Map<String, Object> row : warehouse.query(history)) {
            String name = text(row, "FILE_NAME");
            loads.add(new LoadedObject(
                    Keys.data(file.feed()) + name.substring(name.lastIndexOf('/') + 1),
                    number(row, "ROW_COUNT"),
                    Instant.parse(text(row, "LAST_LOAD_TIME"))));
        }
        return loads;
    }

    /// Rows in the table, by chunk, counted now.
    Map<Long, Long> loadedRows(FileState file, List<ChunkRecord> chunks) {
        Map<Long, Long> loaded = new HashMap<>();
        for (int from = 0; from < chunks.size(); from += CHUNKS_AT_ONCE) {
            List<ChunkRecord> some = chunks.subList(from, Math.min(chunks.size(), from + CHUNKS_AT_ONCE));
            String counts = some.stream()
                    .map(chunk -> "COUNT(CASE WHEN _ROW BETWEEN " + chunk.firstRow() + " AND " + chunk.lastRow()
                            + " THEN 1 END) AS C" + chunk.name().chunk())
                    .collect(Collectors.joining(", "));
            Map<String, Object> row = warehouse
                    .query("SELECT " + counts + " FROM " + Names.table(file.feed()) + " WHERE _FILE_ID = '"
                            + file.fileId() + "' AND _ROW BETWEEN "
                            + some.getFirst().firstRow() + " AND "
                            + some.getLast().lastRow())
                    .getFirst();
            some.forEach(chunk -> loaded.put(
                    chunk.name().chunk(), number(row, "C" + chunk.name().chunk())));
        }
        return loaded;
    }

    /// By code and column, the largest group first.
    List<QuarantineGroup> quarantine(String fileId) {
        String of = " FROM FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + fileId + "'";
        List<QuarantineGroup> groups = new ArrayList<>();
        for (Map<String, Object> row : warehouse.query("SELECT CODE, COLUMN_NAME, COUNT(DISTINCT ROW_NUMBER) AS N,"
                + " MIN(ROW_NUMBER) AS FIRST_ROW" + of + " GROUP BY CODE, COLUMN_NAME ORDER BY N DESC, FIRST_ROW")) {
            long first = number(row, "FIRST_ROW");
            Map<String, Object> example = warehouse
                    .query("SELECT LINE, DETAIL" + of + " AND ROW_NUMBER = " + first + " LIMIT 1")
                    .getFirst();
            groups.add(new QuarantineGroup(
                    text(row, "CODE"),
                    textOrNull(row, "COLUMN_NAME"),
                    number(row, "N"),
                    first,
                    number(example, "LINE"),
                    text(example, "DETAIL")));
        }
        return groups;
    }

    /// An absent name is a NULL.
    private static @Nullable String textOrNull(Map<String, Object> row, String column) {
        return row.containsKey(column) ? text(row, column) : null;
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    private static long number(Map<String, Object> row, String column) {
        return Long.parseLong(text(row, column));
    }
}
