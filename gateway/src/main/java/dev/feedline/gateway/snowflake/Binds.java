package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The values that came with a statement, by position from 1: one row of them, or many in an array bind.
///
/// @param many whether they came as arrays, even if of one row
record Binds(List<List<@Nullable Object>> rows, boolean many) {
    static Binds of(JsonNode bindings) {
        List<List<@Nullable Object>> columns = new ArrayList<>();
        boolean many = false;
        for (int i = 1; bindings.has(Integer.toString(i)); i++) {
            JsonNode bind = bindings.path(Integer.toString(i));
            many |= bind.path("value").isArray();
            columns.add(column(bind));
        }
        if (bindings.size() != columns.size()) {
            throw SnowflakeError.unsupported("A bind by another name than 1, 2, 3 …");
        }
        int count = columns.isEmpty() ? 1 : columns.getFirst().size();
        if (count == 0) {
            throw SnowflakeError.INVALID_VALUE.with("An array bind has no rows.");
        }
        List<List<@Nullable Object>> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            rows.add(new ArrayList<>(columns.size()));
        }
        for (List<@Nullable Object> column : columns) {
            if (column.size() != count) {
                throw SnowflakeError.INVALID_VALUE.with("The array binds have different lengths.");
            }
            for (int row = 0; row < count; row++) {
                rows.get(row).add(column.get(row));
            }
        }
        return new Binds(rows, many);
    }

    private static List<@Nullable Object> column(JsonNode bind) {
        String type = bind.path("type").asString("TEXT");
        JsonNode value = bind.path("value");
        List<@Nullable Object> column = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(one -> column.add(Bind.value(type, text(one))));
        } else {
            column.add(Bind.value(type, text(value)));
        }
        return column;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.asString();
    }
}
