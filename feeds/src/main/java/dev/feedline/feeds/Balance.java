package dev.feedline.feeds;

import dev.feedline.convert.FileId;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of the view `FEEDLINE.OPS.BALANCE`: what the warehouse says of a file.
public record Balance(
        String feed,
        String bucket,
        String key,
        String version,
        String fileId,
        FileState.State state,
        long received,
        long loaded,
        long quarantined,
        @Nullable String reason) {
    /// What is still short so long after its receipt is missing; the view says the same.
    static final Duration LONGEST_IN_FLIGHT = Duration.ofMinutes(15);

    private static final String QUERY = "SELECT FEED, BUCKET, KEY, VERSION, FILE_ID, STATE, RECEIVED, LOADED,"
            + " QUARANTINED, REASON FROM FEEDLINE.OPS.BALANCE";
    /// More than these are not named one by one: ids go by time, so those from the oldest of them on are asked for.
    private static final int MOST_NAMED = 200;

    /// Every file that the warehouse has a receipt of, by its id, in the order of ids. Counts every row there is.
    public static Map<String, Balance> all(Warehouse warehouse) {
        return where(warehouse, "");
    }

    /// Those of these files that the warehouse has a receipt of; counts only their rows.
    public static Map<String, Balance> of(Warehouse warehouse, Collection<String> fileIds) {
        if (fileIds.isEmpty()) {
            return Map.of();
        }
        fileIds.forEach(FileId::check);
        return where(
                warehouse,
                fileIds.size() <= MOST_NAMED
                        ? " WHERE FILE_ID IN ('" + String.join("', '", fileIds) + "')"
                        : " WHERE FILE_ID >= '" + Collections.min(fileIds) + "'");
    }

    private static Map<String, Balance> where(Warehouse warehouse, String condition) {
        Map<String, Balance> files = new LinkedHashMap<>();
        for (Map<String, Object> row : warehouse.query(QUERY + condition + " ORDER BY FILE_ID")) {
            Balance balance = of(row);
            files.put(balance.fileId(), balance);
        }
        return files;
    }

    private static Balance of(Map<String, Object> row) {
        return new Balance(
                text(row, "FEED"),
                text(row, "BUCKET"),
                text(row, "KEY"),
                text(row, "VERSION"),
                text(row, "FILE_ID"),
                FileState.State.valueOf(text(row, "STATE")),
                number(row, "RECEIVED"),
                number(row, "LOADED"),
                number(row, "QUARANTINED"),
                Optional.ofNullable(row.get("REASON")).map(Object::toString).orElse(null));
    }

    private static String text(Map<String, Object> row, String column) {
        return value(row, column).toString();
    }

    /// Warehouses count in integers of many widths, and sum in decimals.
    private static long number(Map<String, Object> row, String column) {
        Object value = value(row, column);
        return value instanceof Number number ? number.longValue() : Long.parseLong(value.toString());
    }

    private static Object value(Map<String, Object> row, String column) {
        @Nullable Object value = row.get(column);
        return Optional.ofNullable(value)
                .orElseThrow(() -> new IllegalStateException("FEEDLINE.OPS.BALANCE gave no " + column + ": " + row));
    }
}
