package dev.feedline.app.audit;

import dev.feedline.app.warehouse.RowSink;
import dev.feedline.app.warehouse.SqlColumn;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks a stretch of the file and the same stretch of the table side by side, both in row order.
final class PageOfRows implements RowSink {
    /// Codes that say a row cannot be read at all, which the second reader can say for itself.
    private static final Set<String> NO_ROW = Set.of(
            "JSON-SYNTAX",
            "JSON-ENCODING",
            "JSON-DUPLICATE-KEY",
            "ROW-NOT-AN-OBJECT",
            "CSV-RAGGED-ROW",
            "CSV-QUOTING",
            "CSV-ENCODING",
            "UNPARSED-TAIL",
            "TRUNCATED-CONTAINER");

    private final SourceRows source;
    private final RowForm form;
    private final RowComparison comparison;
    private final Map<Long, BadRowHeld> quarantine;
    private final Findings findings;
    private TableRow.Layout layout = new TableRow.Layout(List.of());
    private long lastNumber;

    /// A row in quarantine.
    @SuppressWarnings("ArrayRecordComponent") // raw bytes, since they need not be text
    record BadRowHeld(String code, byte[] raw) {}

    /// The rows of the file, one after the other.
    interface SourceRows {
        /// The next row, which stays the next; null after the last.
        @Nullable
        SourceLine peek() throws IOException;

        void advance() throws IOException;
    }

    /// @param quarantine the rows of this stretch that are in quarantine
    PageOfRows(
            SourceRows source,
            RowForm form,
            RowComparison comparison,
            Map<Long, BadRowHeld> quarantine,
            Findings findings) {
        this.source = source;
        this.form = form;
        this.comparison = comparison;
        this.quarantine = quarantine;
        this.findings = findings;
    }

    @Override
    public void columns(List<SqlColumn> columns) {
        layout = new TableRow.Layout(columns);
    }

    @Override
    public void row(List<@Nullable String> cells) throws IOException {
        TableRow row = layout.read(cells);
        if (row.number() == lastNumber) {
            findings.add(Difference.ofRow(row.number(), "is in the table more than once"));
            return;
        }
        lastNumber = row.number();
        passUntil(row.number());
        SourceLine line = source.peek();
        if (line == null || line.number() != row.number()) {
            findings.add(Difference.ofRow(row.number(), "is in the table, and the file has no such row"));
            return;
        }
        source.advance();
        if (quarantine.containsKey(row.number())) {
            findings.add(Difference.ofRow(row.number(), "is both in the table and in quarantine"));
        }
        compare(line, row);
    }

    /// Goes past the rows below `number`, which are not in the table: each must be in quarantine.
    void passUntil(long number) throws IOException {
        for (SourceLine line = source.peek(); line != null && line.number() < number; line = source.peek()) {
            source.advance();
            BadRowHeld bad = quarantine.get(line.number());
            if (bad == null) {
                findings.add(
                        Difference.ofRow(line.number(), "is in the file, yet neither in the table nor in quarantine"));
            } else {
                findings.quarantined();
                compare(line, bad);
            }
        }
    }

    private void compare(SourceLine line, TableRow row) {
        findings.compared();
        try {
            comparison.compare(line.read(form), row, findings::add);
        } catch (NotARow e) {
            findings.add(Difference.ofRow(
                    line.number(), "is in the table, yet the second reader cannot read it: " + e.getMessage()));
        }
    }

    private void compare(SourceLine line, BadRowHeld bad) {
        boolean isBegin = bad.raw().length <= line.bytes().length
                && Arrays.equals(bad.raw(), 0, bad.raw().length, line.bytes(), 0, bad.raw().length);
        if (!isBegin && !line.cutOff()) {
            findings.add(Difference.ofRow(line.number(), "is in quarantine with another text than the file has"));
        }
        if (NO_ROW.contains(bad.code()) && isRow(line)) {
            findings.add(Difference.ofRow(
                    line.number(), "is in quarantine as " + bad.code() + ", yet the second reader reads it"));
        }
    }

    private boolean isRow(SourceLine line) {
        try {
            line.read(form);
            return true;
        } catch (NotARow e) {
            return false;
        }
    }
}
