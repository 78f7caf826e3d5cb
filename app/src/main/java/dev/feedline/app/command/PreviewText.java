package dev.feedline.app.command;

import dev.feedline.feeds.FilePreview;
import dev.feedline.rows.BadRow;
import dev.feedline.rows.Column;
import dev.feedline.rows.CsvDialect;
import dev.feedline.rows.Reading;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A preview, for people and for programs.
final class PreviewText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WIDEST_CELL = 40;

    private PreviewText() {}

    static void print(Path file, FilePreview preview, PrintStream out) {
        out.println(Visible.text(file.toString()) + ": " + how(preview));
        if (preview.outcome() != null) {
            out.println("It would not be loaded: " + Visible.text(preview.outcome()));
        }
        if (preview.received() == 0) {
            out.println(preview.outcome() == null ? "It has no rows and balances at 0." : "");
            return;
        }
        out.printf(
                Locale.ROOT,
                "%,d rows looked at (%s): %,d good, %,d for quarantine%n%n",
                preview.received(),
                preview.isWhole() ? "the whole file" : "there are more",
                preview.received() - preview.bad(),
                preview.bad());
        printRows(preview, out);
        printSchema(preview, out);
        printBadRows(preview, out);
    }

    private static String how(FilePreview preview) {
        Reading reading = preview.reading();
        String container = preview.container().equals("plain") ? "" : ", " + preview.container();
        String kind = switch (reading.kind()) {
            case JSON_LINES -> "JSON lines";
            case JSON -> "JSON (arrays, or values one after another)";
            case CSV -> "CSV";
        };
        CsvDialect csv = reading.csv();
        String dialect = csv == null
                ? ""
                : ", delimiter " + (csv.delimiter() == '\t' ? "tab" : csv.delimiter()) + ", quote "
                        + (csv.quote() == null ? "none" : csv.quote())
                        + (csv.escape() == null ? "" : ", escape " + csv.escape())
                        + (csv.header() ? ", with a header" : ", without a header");
        return kind + dialect + ", " + encoding(reading) + container;
    }

    private static String encoding(Reading reading) {
        return reading.encoding().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void printRows(FilePreview preview, PrintStream out) {
        List<Column> columns = preview.schema().columns();
        boolean rescued = preview.rows().stream().anyMatch(row -> row.rescued() != null);
        String[] head = new String[columns.size() + (rescued ? 2 : 1)];
        head[0] = "row";
        for (int i = 0; i < columns.size(); i++) {
            head[i + 1] = cell(columns.get(i).name());
        }
        if (rescued) {
            head[head.length - 1] = "_RESCUED";
        }
        Grid grid = new Grid("", Set.of(0), head);
        for (FilePreview.Row row : preview.rows()) {
            String[] cells = new String[head.length];
            cells[0] = Long.toString(row.number());
            for (int i = 0; i < columns.size(); i++) {
                cells[i + 1] = cell(value(row.values()[i]));
            }
            if (rescued) {
                cells[head.length - 1] = cell(row.rescued());
            }
            grid.add(cells);
        }
        if (!preview.rows().isEmpty()) {
            grid.print(out);
            out.println();
        }
    }

    private static void printSchema(FilePreview preview, PrintStream out) {
        Grid grid = new Grid("", Set.of(), "column", "type", "");
        for (Column column : preview.schema().columns()) {
            boolean inferred = preview.schema().inferred().contains(column.name());
            grid.add(cell(column.name()), column.type().glue(), inferred ? "from the file" : "declared");
        }
        grid.print(out);
    }

    private static void printBadRows(FilePreview preview, PrintStream out) {
        if (preview.bad() == 0) {
            return;
        }
        out.println();
        Grid grid = new Grid("", Set.of(0, 1), "row", "line", "code", "column", "why");
        for (BadRow row : preview.badRows()) {
            grid.add(
                    Long.toString(row.row()),
                    Long.toString(row.line()),
                    row.code().text(),
                    row.column() == null ? "" : cell(row.column()),
                    Visible.text(row.detail()));
        }
        grid.print(out);
        out.println();
        preview.codes()
                .forEach((code, count) -> out.printf(Locale.ROOT, "%,d × %s: %s%n", count, code.text(), code.advice()));
    }

    private static String cell(@Nullable String text) {
        String shown = text == null ? "" : Visible.text(text);
        return shown.length() <= WIDEST_CELL ? shown : shown.substring(0, WIDEST_CELL - 1) + "…";
    }

    /// Nested values as text that merely shows them.
    private static @Nullable String value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Object[] fields -> Arrays.deepToString(fields);
            case java.math.BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    static String json(Path file, FilePreview preview) {
        ObjectNode json = JSON.createObjectNode()
                .put("file", file.toString())
                .put("container", preview.container())
                .put("format", preview.reading().kind().name().toLowerCase(Locale.ROOT))
                .put("encoding", encoding(preview.reading()));
        CsvDialect csv = preview.reading().csv();
        if (csv != null) {
            json.putObject("csv")
                    .put("delimiter", String.valueOf(csv.delimiter()))
                    .put("quote", csv.quote() == null ? null : csv.quote().toString())
                    .put("escape", csv.escape() == null ? null : csv.escape().toString())
                    .put("header", csv.header());
        }
        json.put("outcome", preview.outcome())
                .put("received", preview.received())
                .put("bad", preview.bad())
                .put("whole", preview.isWhole());
        ArrayNode columns = json.putArray("columns");
        for (Column column : preview.schema().columns()) {
            columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().glue())
                    .put("inferred", preview.schema().inferred().contains(column.name()));
        }
        ArrayNode rows = json.putArray("rows");
        for (FilePreview.Row row : preview.rows()) {
            ObjectNode values = rows.addObject().put("_ROW", row.number());
            for (int i = 0; i < preview.schema().columns().size(); i++) {
                Object value = row.values()[i];
                if (value != null) {
                    values.put(preview.schema().columns().get(i).name(), value(value));
                }
            }
            values.put("_RESCUED", row.rescued());
        }
        ArrayNode badRows = json.putArray("quarantine");
        for (BadRow row : preview.badRows()) {
            badRows.addObject()
                    .put("ROW_NUMBER", row.row())
                    .put("CODE", row.code().text())
                    .put("LINE", row.line())
                    .put("BYTE_OFFSET", row.offset())
                    .put("COLUMN_NAME", row.column())
                    .put("DETAIL", row.detail())
                    .put("RAW", new String(row.raw(), StandardCharsets.UTF_8));
        }
        ObjectNode codes = json.putObject("codes");
        preview.codes().forEach((code, count) -> codes.put(code.text(), count));
        return JSON.writeValueAsString(json);
    }
}
