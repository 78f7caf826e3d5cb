package dev.feedline.app.command;

import dev.feedline.app.warehouse.Cells;
import dev.feedline.app.warehouse.RowSink;
import dev.feedline.app.warehouse.SqlColumn;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints a result as an aligned table; the widths come from the first rows, later ones are printed as they arrive.
final class TextTable implements RowSink, AutoCloseable {
    private static final int ROWS_MEASURED = 1000;
    private static final int WIDEST_CELL = 60;

    private final PrintWriter out;
    private final List<List<String>> measured = new ArrayList<>();
    private List<SqlColumn> columns = List.of();
    private int[] widths = new int[0];
    private boolean begun;
    private long count;

    TextTable(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void columns(List<SqlColumn> columns) {
        this.columns = columns;
        this.widths =
                columns.stream().mapToInt(column -> column.name().length()).toArray();
    }

    @Override
    public void row(List<@Nullable String> cells) throws ReaderGoneException {
        count++;
        if (count % ROWS_MEASURED == 0 && out.checkError()) {
            throw new ReaderGoneException();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String text = cell == null ? "NULL" : Cells.text(columns.get(i), cell);
            texts.add(shortened(text));
        }
        if (begun) {
            line(texts);
            return;
        }
        measured.add(texts);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], texts.get(i).length());
        }
        if (measured.size() == ROWS_MEASURED) {
            begin();
        }
    }

    @Override
    public void close() {
        if (columns.isEmpty()) {
            return; // a statement that was refused has none, and prints nothing
        }
        if (!begun) {
            begin();
        }
        out.println("(" + count + (count == 1 ? " row)" : " rows)"));
        out.flush();
    }

    private void begin() {
        begun = true;
        line(columns.stream().map(SqlColumn::name).toList());
        line(java.util.Arrays.stream(widths).mapToObj("-"::repeat).toList());
        measured.forEach(this::line);
        measured.clear();
    }

    private void line(List<String> texts) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            boolean number = i < columns.size() && columns.get(i).type().equalsIgnoreCase("fixed");
            String padding = " ".repeat(Math.max(0, widths[i] - texts.get(i).length()));
            line.append(i == 0 ? "" : "  ").append(number ? padding + texts.get(i) : texts.get(i) + padding);
        }
        out.println(line.toString().stripTrailing());
    }

    private static String shortened(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", "·");
        return oneLine.length() <= WIDEST_CELL ? oneLine : oneLine.substring(0, WIDEST_CELL - 1) + "…";
    }
}
