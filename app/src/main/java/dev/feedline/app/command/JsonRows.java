package dev.feedline.app.command;

import dev.feedline.app.warehouse.Cells;
import dev.feedline.app.warehouse.RowSink;
import dev.feedline.app.warehouse.SqlColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Prints a result as one JSON array of objects, one object a line; exact numbers stay exact, VARIANT is nested JSON.
final class JsonRows implements RowSink, AutoCloseable {
    private final JsonGenerator json;
    private List<SqlColumn> columns = List.of();
    private boolean first = true;

    JsonRows(OutputStream out) {
        this.json = new JsonMapper().createGenerator(out);
    }

    @Override
    public void columns(List<SqlColumn> columns) {
        this.columns = columns;
        json.writeStartArray();
    }

    @Override
    public void row(List<@Nullable String> cells) throws IOException {
        json.writeRaw(first ? "\n" : "");
        first = false;
        json.writeStartObject();
        for (int i = 0; i < cells.size(); i++) {
            json.writeName(columns.get(i).name());
            String cell = cells.get(i);
            if (cell == null) {
                json.writeNull();
            } else {
                value(columns.get(i), cell);
            }
        }
        json.writeEndObject();
        json.writeRaw("\n");
    }

    @Override
    public void close() {
        if (!columns.isEmpty()) { // a statement that was refused has none, and prints nothing
            json.writeEndArray();
            json.writeRaw("\n");
        }
        json.close();
    }

    private void value(SqlColumn column, String cell) {
        String text = Cells.text(column, cell);
        if (Cells.isJson(column)) {
            json.writeRawValue(text);
        } else if (column.type().equalsIgnoreCase("real")) {
            real(text);
        } else {
            json.writeString(text);
        }
    }

    /// JSON has no infinity and no NaN; they stay text, as Snowflake prints them.
    private void real(String text) {
        double number = Double.parseDouble(text.replace("inf", "Infinity").replace("Infinityinity", "Infinity"));
        if (Double.isFinite(number)) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
    }
}
