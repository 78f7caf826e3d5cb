package dev.feedline.app.command;

import dev.feedline.app.FeedlineSettings;
import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.feeds.Warehouse;
import dev.feedline.feeds.definition.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything the database FEEDLINE holds, with no order in it: the rows and the columns of every table, and its load
/// history.
///
/// `_LOADED_AT` and the history's times are those of a load, and not of what was loaded; whether `_LOADED_AT` is set is
/// kept.
record WarehouseCopy(Map<String, List<String>> rows, Map<String, List<String>> history) {
    private static final String HISTORY = "SELECT FILE_NAME, STAGE_LOCATION, ROW_COUNT, ROW_PARSED, FILE_SIZE, STATUS,"
            + " ERROR_COUNT, TABLE_NAME FROM TABLE(FEEDLINE.INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => '%s',"
            + " START_TIME => '2020-01-01'::TIMESTAMP_LTZ))";

    /// Of a folder that nobody serves.
    static WarehouseCopy of(Path folder) throws IOException {
        FeedlineSettings settings = FeedlineSettings.of(folder, Definition.EMPTY, failure -> {
            throw new IllegalStateException(failure);
        });
        try (Reach reach = Reach.open(settings.readingOnly())) {
            return of(RemotePipeline.of(reach).warehouse());
        }
    }

    static WarehouseCopy of(Warehouse warehouse) {
        Map<String, List<String>> rows = new TreeMap<>();
        Map<String, List<String>> history = new TreeMap<>();
        for (Map<String, Object> table : warehouse.query("SHOW TABLES IN DATABASE FEEDLINE")) {
            String name = "FEEDLINE." + table.get("schema_name") + "." + table.get("name");
            List<String> all = new ArrayList<>();
            all.add(warehouse.query("DESC TABLE " + name).stream()
                    .map(column -> column.get("name") + " " + column.get("type") + " " + column.get("null?"))
                    .sorted()
                    .toList()
                    .toString());
            warehouse.query("SELECT * FROM " + name).stream()
                    .map(WarehouseCopy::row)
                    .sorted()
                    .forEach(all::add);
            rows.put(name, all);
            history.put(
                    name,
                    warehouse.query(HISTORY.formatted(name)).stream()
                            .map(Object::toString)
                            .sorted()
                            .toList());
        }
        return new WarehouseCopy(rows, history);
    }

    WarehouseCopy without(String table) {
        Map<String, List<String>> fewerRows = new TreeMap<>(rows);
        Map<String, List<String>> lessHistory = new TreeMap<>(history);
        fewerRows.remove(table);
        lessHistory.remove(table);
        return new WarehouseCopy(fewerRows, lessHistory);
    }

    private static String row(Map<String, Object> row) {
        Map<String, Object> sorted = new TreeMap<>(new LinkedHashMap<>(row));
        sorted.computeIfPresent("_LOADED_AT", (column, at) -> "set");
        return sorted.toString();
    }
}
