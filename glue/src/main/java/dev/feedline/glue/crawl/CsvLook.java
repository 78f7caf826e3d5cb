package dev.feedline.glue.crawl;

import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.CsvCells;
import dev.feedline.rows.CsvDialect;
import dev.feedline.rows.CsvRows;
import dev.feedline.rows.CsvSniff;
import dev.feedline.rows.Inference;
import dev.feedline.rows.JsonText;
import dev.feedline.rows.KindSniff;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.TextEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a CSV file holds: https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html, "Built-in CSV classifier"
///
/// A cell is a number or a truth when it is written as JSON writes one: `007` is a text. The first
/// row is a header when its cells are texts, unlike each other, of at most 150 characters and as
/// many as most rows have, and a column below is more than a text. Otherwise columns are `col0`,
/// `col1`, ….
final class CsvLook {
    private static final int LONGEST_HEADER_CELL = 150;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

    private final CsvDialect dialect;

    CsvLook(byte[] head, boolean isWhole, String name) {
        Character delimiter = KindSniff.isTsvByName(name) ? Character.valueOf('\t') : null;
        CsvSniff sniff = CsvSniff.of(head, isWhole, delimiter, null);
        this.dialect = new CsvDialect(
                sniff.delimiter(), sniff.quote(), null, sniff.returnsEndLines(), false, List.of(), List.of());
    }

    Found found(Source source, byte[] text, boolean isWhole, boolean isGzip) throws IOException {
        List<String> first = null;
        Inference types = new Inference(RowLimits.DEFAULT);
        long rows = 0;
        Widths widths = new Widths();
        boolean isQuoted = false;
        try (CsvRows split = new CsvRows(
                new ByteArrayInputStream(text),
                TextEncoding.UTF_8,
                dialect,
                RowLimits.DEFAULT.maxSourceBytes(),
                Position.START)) {
            for (RawRow row = split.next(); row != null; row = split.next()) {
                boolean isCut = !isWhole && split.position().offset() >= text.length;
                if (row.flaw() != null || row.tooLong() || isCut) {
                    continue;
                }
                List<String> cells = CsvCells.texts(dialect, row.bytes());
                isQuoted |= quoted(row.bytes());
                widths.add(cells.size());
                if (first == null) {
                    first = cells;
                } else {
                    rows++;
                    types.add(asJson(cells));
                }
            }
        } catch (BrokenFeedException e) {
            return Classifier.unknown(source);
        }
        int width = first == null ? 0 : widths.of(first.size());
        if (first == null || width < 2) {
            return Classifier.unknown(source);
        }
        boolean hasHeader = first.size() == width && isHeader(first) && hasMoreThanText(types);
        if (!hasHeader) {
            rows++;
            types.add(asJson(first));
        }
        return new Found(
                new FileFormat(
                        FileFormat.Kind.CSV, new FileFormat.Csv(dialect.delimiter(), hasHeader, isQuoted), isGzip),
                columns(hasHeader ? first : List.of(), width, types),
                Estimate.of(rows, text.length, source, isWhole, isGzip),
                source.bytes(),
                1);
    }

    /// How many cells the rows have.
    private static final class Widths {
        private final TreeMap<Integer, Long> rows = new TreeMap<>();

        void add(int cells) {
            rows.merge(cells, 1L, Long::sum);
        }

        /// As many as the first row has when none has more, else as many as most rows: a few may be too long, but a
        /// header names all columns.
        int of(int first) {
            if (rows.lastKey() == first) {
                return first;
            }
            long most = Collections.max(rows.values());
            return rows.descendingMap().entrySet().stream()
                    .filter(entry -> entry.getValue() == most)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }
    }

    private boolean quoted(byte[] row) {
        Character quote = dialect.quote();
        return quote != null && row.length > 0 && new String(row, StandardCharsets.ISO_8859_1).indexOf(quote) >= 0;
    }

    private static boolean isHeader(List<String> cells) {
        Set<String> names = new HashSet<>();
        for (String cell : cells) {
            String name = cell.strip().toLowerCase(java.util.Locale.ROOT);
            boolean isName = !name.isEmpty() && name.length() <= LONGEST_HEADER_CELL && isText(name) && names.add(name);
            if (!isName) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasMoreThanText(Inference types) {
        return Classifier.columns(types).values().stream().anyMatch(type -> !type.equals(ColumnType.STRING));
    }

    /// A column without any value is a text.
    private static Map<String, ColumnType> columns(List<String> names, int width, Inference types) {
        Map<String, ColumnType> found = Classifier.columns(types);
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        for (int i = 0; i < width; i++) {
            String name = i < names.size() ? names.get(i).strip() : "col" + i;
            columns.put(name, found.getOrDefault("col" + i, ColumnType.STRING));
        }
        return columns;
    }

    private static boolean isText(String cell) {
        return !NUMBER.matcher(cell).matches() && !cell.equals("true") && !cell.equals("false");
    }

    /// `{"col0":7,"col1":"a"}`: an empty cell has no value.
    private static byte[] asJson(List<String> cells) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!cell.isEmpty()) {
                json.append(json.length() == 1 ? "" : ",")
                        .append("\"col")
                        .append(i)
                        .append("\":");
                if (isText(cell)) {
                    JsonText.quote(json, cell);
                } else {
                    json.append(cell);
                }
            }
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }
}
