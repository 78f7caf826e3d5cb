package dev.feedline.app.command;

import dev.feedline.feeds.Warehouse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One row of `FEEDLINE.OPS.QUARANTINE`.
///
/// @param line the physical line it starts on, from 1
/// @param offset of its first byte in the file, as it is when unpacked
/// @param isText whether the bytes are UTF-8
/// @param raw its bytes as the file has them, cut when it is very long
@SuppressWarnings("ArrayRecordComponent") // raw bytes, since they need not be text
record QuarantinedRow(
        String feed,
        String fileId,
        long chunk,
        long number,
        String code,
        long line,
        long offset,
        @Nullable String column,
        @Nullable String pointer,
        String detail,
        boolean isText,
        byte[] raw) {
    private static final String COLUMNS = "FEED, FILE_ID, CHUNK, ROW_NUMBER, CODE, LINE, BYTE_OFFSET, COLUMN_NAME,"
            + " POINTER, DETAIL, RAW, RAW_BASE64";
    /// How `dev.feedline.rows.BadRow` ends the detail of a fault that has a place in its row.
    private static final Pattern PLACE = Pattern.compile(", at byte (\\d+) of the row$");

    static Optional<QuarantinedRow> find(Warehouse warehouse, String fileId, long number) {
        return where(warehouse, "FILE_ID = '" + fileId + "' AND ROW_NUMBER = " + number + " LIMIT 1").stream()
                .findFirst();
    }

    /// The first bad rows of a file, by their number.
    static List<QuarantinedRow> first(Warehouse warehouse, String fileId, int count) {
        // A row may be loaded twice after a crash; it is one row.
        return where(
                warehouse,
                "FILE_ID = '" + fileId + "' QUALIFY ROW_NUMBER() OVER (PARTITION BY ROW_NUMBER ORDER BY LINE) = 1"
                        + " ORDER BY ROW_NUMBER LIMIT " + count);
    }

    private static List<QuarantinedRow> where(Warehouse warehouse, String condition) {
        return warehouse.query("SELECT " + COLUMNS + " FROM FEEDLINE.OPS.QUARANTINE WHERE " + condition).stream()
                .map(QuarantinedRow::of)
                .toList();
    }

    /// Where in the row the fault is, in bytes from its beginning, when it is at one place.
    OptionalInt faultOffset() {
        Matcher place = PLACE.matcher(detail);
        return place.find() ? OptionalInt.of(Integer.parseInt(place.group(1))) : OptionalInt.empty();
    }

    /// What is wrong, without the place.
    String fault() {
        return PLACE.matcher(detail).replaceFirst("");
    }

    private static QuarantinedRow of(Map<String, Object> row) {
        return new QuarantinedRow(
                text(row, "FEED"),
                text(row, "FILE_ID"),
                number(row, "CHUNK"),
                number(row, "ROW_NUMBER"),
                text(row, "CODE"),
                number(row, "LINE"),
                number(row, "BYTE_OFFSET"),
                textOrNull(row, "COLUMN_NAME"),
                textOrNull(row, "POINTER"),
                text(row, "DETAIL"),
                row.containsKey("RAW"),
                raw(row));
    }

    private static byte[] raw(Map<String, Object> row) {
        return row.containsKey("RAW")
                ? text(row, "RAW").getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(text(row, "RAW_BASE64"));
    }

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
