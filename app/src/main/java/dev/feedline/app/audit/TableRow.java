package dev.feedline.app.audit;

import dev.feedline.app.audit.StrictJson.NotJson;
import dev.feedline.app.warehouse.Cells;
import dev.feedline.app.warehouse.SqlColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One row of a feed's table, its cells as JSON values.
///
/// @param number its `_ROW`
/// @param cells the feed's own columns that are not null, by their names in the warehouse
/// @param rescued the members of `_RESCUED`
record TableRow(long number, Map<String, Json> cells, Map<String, Json> rescued) {
    private static final Set<String> METADATA = Set.of("_FILE_ID", "_ROW", "_LOADED_AT", "_RESCUED");

    /// Reads rows of one result.
    record Layout(List<SqlColumn> columns) {
        TableRow read(List<@Nullable String> cells) throws IOException {
            Map<String, Json> values = new LinkedHashMap<>();
            Map<String, Json> rescued = Map.of();
            long number = 0;
            for (int i = 0; i < cells.size(); i++) {
                SqlColumn column = columns.get(i);
                String cell = cells.get(i);
                if (cell == null) {
                    continue;
                }
                if (column.name().equals("_ROW")) {
                    number = Long.parseLong(cell);
                } else if (column.name().equals("_RESCUED")) {
                    rescued = members(cell);
                } else if (!METADATA.contains(column.name())) {
                    values.put(column.name(), value(column, cell));
                }
            }
            return new TableRow(number, values, rescued);
        }
    }

    private static Json value(SqlColumn column, String cell) throws IOException {
        return switch (column.type().toLowerCase(Locale.ROOT)) {
            case "fixed", "real" -> new Json.Num(cell);
            case "boolean" -> new Json.Bool(Cells.text(column, cell).equals("true"), cell);
            case "variant", "object", "array" -> json(column.name(), cell);
            default -> {
                String text = Cells.text(column, cell);
                yield new Json.Text(text, text);
            }
        };
    }

    private static Map<String, Json> members(String rescued) throws IOException {
        if (json("_RESCUED", rescued) instanceof Json.Obj object) {
            return object.members();
        }
        throw new IOException("_RESCUED holds no JSON object: " + rescued);
    }

    private static Json json(String column, String text) throws IOException {
        try {
            return StrictJson.read(text);
        } catch (NotJson e) {
            throw new IOException("column " + column + " holds no JSON, " + e.getMessage() + ": " + text, e);
        }
    }

    /// The names of the columns that hold something, besides these.
    List<String> columnsBeside(Set<String> known) {
        List<String> others = new ArrayList<>(cells.keySet());
        others.removeAll(known);
        return others;
    }
}
