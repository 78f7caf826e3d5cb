package dev.feedline.feeds;

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
        long quarantined) {
    private static final String QUERY = "SELECT FEED, BUCKET, KEY, VERSION, FILE_ID, STATE, RECEIVED, LOADED,"
            + " QUARANTINED FROM FEEDLINE.OPS.BALANCE";

    /// Every file that the warehouse has a receipt of, by its id, in the order of ids.
    public static Map<String, Balance> all(Warehouse warehouse) {
        Map<String, Balance> files = new LinkedHashMap<>();
        for (Map<String, Object> row : warehouse.query(QUERY + " ORDER BY FILE_ID")) {
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
                number(row, "QUARANTINED"));
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
